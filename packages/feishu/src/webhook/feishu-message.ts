import { type CardResult, type CardSource, pipeToCard, type RunContext } from "@streamcard/core";
import { checkSource } from "@streamcard/core/internal";
import type { Feishu } from "../create-feishu.ts";
import type { ConversationMessage } from "./conversation-store.ts";
import type { ApprovalDecision } from "./conversations.ts";
import type { ReplyOptions } from "./inbound-options.ts";
import type { MessageMention, MessageResource } from "./message-content.ts";
import type { Person } from "./parse-event.ts";

/** Where an answer goes. Fits the options of `feishu.card()`, `toFeishuCard()` and every other adapter. */
export interface MessageTarget {
  readonly replyTo: string;
  /** Gets the answer when the message was recalled. */
  readonly fallbackTo: string;
  /** The person who asked: they alone may stop the answer. */
  readonly askedBy: string;
  /** Aborted when the run has to end. */
  readonly signal: AbortSignal;
}

/** What somebody wrote to the bot, and the way to answer. */
export interface FeishuMessage {
  /** `om_…` */
  readonly id: string;
  /** The platform's: `text`, `post`, `image`, `file`, `audio`, `media`, `sticker` … */
  readonly type: string;
  /**
   * What was said, as Markdown where it was rich; empty where it was no words. Others' mentions are `@name`, the
   * bot's own are gone.
   */
  readonly text: string;
  /** Images and files, by key. */
  readonly resources: readonly MessageResource[];
  readonly chatId: string;
  readonly chatType: "direct" | "group";
  /** Of the topic (`omt_…`) that it is in. */
  readonly threadId?: string;
  /** The first message of what it replies to. */
  readonly rootId?: string;
  /** The message that it replies to. */
  readonly parentId?: string;
  readonly sender: Person & { readonly isBot: boolean };
  readonly mentions: readonly MessageMention[];
  /** Whether it mentions the bot that received it. */
  readonly mentionsBot: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly conversationId: string;

  /** 1, and one more each time that Regenerate was pressed. */
  readonly attempt: number;
  /** What was decided since the run asked for approval; empty otherwise. The history has it, too. */
  readonly decisions: readonly ApprovalDecision[];
  /** Aborted when the answer was replaced, took too long, or the webhook was closed. `reply()` knows it already. */
  readonly signal: AbortSignal;
  readonly target: MessageTarget;

  /**
   * Shows a run on a card that replies to this message, and waits for the card. The answer becomes part of the history.
   *
   * @param source As for `pipeToCard()`: best a function, which is called with the signal that Stop aborts.
   * @returns How the run ended and what the reader has of it. Does not reject for a failed run or delivery.
   * @throws {InvalidOptionError} when an option or the source can never work.
   * @throws {FeishuConfigError} when credentials are missing.
   */
  reply(source: CardSource, options?: ReplyOptions): Promise<CardResult>;
  /** The conversation up to this message, and this message: `messages` of the AI SDK. */
  history<Message = ConversationMessage>(): Promise<Message[]>;
}

/** What a message says, before there is a way to answer it. */
export type MessageFacts = Omit<
  FeishuMessage,
  "attempt" | "decisions" | "signal" | "target" | "reply" | "history"
>;

export interface AnsweringParts {
  readonly feishu: Feishu;
  readonly facts: MessageFacts;
  readonly attempt: number;
  readonly decisions: readonly ApprovalDecision[];
  /** The message that the card replies to. */
  readonly replyTo: string;
  readonly signal: AbortSignal;
  readonly cardOptions: ReplyOptions | undefined;
  history(): Promise<ConversationMessage[]>;
  /** Told of each answer, with what the source turned out to be. */
  onAnswer(result: CardResult, run: unknown): Promise<void>;
}

/** A message with the way to answer it. */
export class AnswerableMessage {
  readonly message: FeishuMessage;
  /** Whether the reader has a card, or the handler may have made one by itself. */
  hasCard = false;

  constructor(parts: AnsweringParts) {
    const { facts, attempt, decisions, signal, replyTo } = parts;
    const target: MessageTarget = {
      replyTo,
      fallbackTo: facts.chatId,
      askedBy: facts.sender.openId,
      signal,
    };
    const self = this;
    this.message = {
      ...facts,
      attempt,
      decisions,
      signal,
      get target() {
        self.hasCard = true;
        return target;
      },
      reply: (source, options) => this.#reply(parts, target, source, options),
      // Whoever calls it says what the messages are to them: every SDK has a type of its own for this shape.
      history: <Message>() => parts.history() as Promise<Message[]>,
    };
  }

  async #reply(
    { feishu, cardOptions, onAnswer }: AnsweringParts,
    target: MessageTarget,
    source: CardSource,
    options: ReplyOptions | undefined,
  ): Promise<CardResult> {
    let run: unknown = source;
    const start: typeof source =
      typeof source === "function"
        ? (context: RunContext) => {
            const started = source(context);
            run = started;
            return started;
          }
        : source;
    const { lanes, ...own } = { ...cardOptions, ...options };
    checkSource(start, lanes);
    const card = feishu.card({ ...own, ...target });
    this.hasCard = true;
    const result = await pipeToCard(start, card, { lanes });
    await onAnswer(result, run);
    return result;
  }
}
