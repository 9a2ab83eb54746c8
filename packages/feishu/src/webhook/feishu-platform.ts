import type { Answer, BotPlatform, MarkedCard } from "@streamcard/bot";
import type { CardStream, Clock, Locale } from "@streamcard/core";
import type { Feishu } from "../create-feishu.ts";
import type { FeishuTypes } from "./feishu-types.ts";
import { markCard } from "./mark-card.ts";
import type { MessageFacts, MessageTarget } from "./message-facts.ts";
import type { Person } from "./parse-event.ts";
import type { ReplyOptions } from "./reply-options.ts";

export interface FeishuPlatformParts {
  /** Gives the app, which is made at its first use. */
  feishu(): Feishu;
  /** Options of every card. */
  readonly card: ReplyOptions | undefined;
  readonly locale: Locale;
  readonly clock: Clock;
}

/** Feishu's side of a bot: ids of people, targets, cards and marks on them. */
export class FeishuPlatform implements BotPlatform<FeishuTypes> {
  readonly #parts: FeishuPlatformParts;

  constructor(parts: FeishuPlatformParts) {
    this.#parts = parts;
  }

  idsOf({ openId, unionId, userId }: Person): readonly string[] {
    return [openId, unionId, userId].filter((id) => id !== undefined);
  }

  targetOf({ message, replyTo, signal }: Answer<MessageFacts>): MessageTarget {
    return { replyTo, fallbackTo: message.chatId, askedBy: message.sender.openId, signal };
  }

  openCard(target: MessageTarget, options: ReplyOptions | undefined): CardStream {
    const { lanes: _lanes, ...card } = { ...this.#parts.card, ...options };
    return this.#parts.feishu().card({ ...card, ...target });
  }

  async markCard({ cardId, mark, buttonsId }: MarkedCard): Promise<void> {
    const { locale, clock } = this.#parts;
    await markCard(this.#parts.feishu(), { cardId, mark, buttonsId, locale, clock });
  }
}
