import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import type { Feishu } from "../create-feishu.ts";
import type { ReceivedMessage } from "./parse-event.ts";

/** Open id of our own bot. Asked from the platform once, because a message does not say which mentioned bot is ours. */
export class BotIdentity {
  readonly #feishu: () => Feishu;
  #openId: Promise<string | undefined> | undefined;

  constructor(feishu: () => Feishu, openId: string | undefined) {
    this.#feishu = feishu;
    if (openId !== undefined) this.#openId = Promise.resolve(openId);
  }

  /** Finds the open id of our bot. Asks only where a message mentions a bot at all. */
  async openId({ mentions }: ReceivedMessage): Promise<string | undefined> {
    const bots = mentions.filter(({ isBot }) => isBot);
    const [first] = bots;
    if (first === undefined) return undefined;
    this.#openId ??= this.#ask();
    const known = await this.#openId;
    if (known !== undefined) return known;
    // Asked again with the next message. Until then the only bot of a message is taken for ours, because apps mostly get messages that mention them.
    this.#openId = undefined;
    return bots.length === 1 ? first.openId : undefined;
  }

  /** @see https://open.feishu.cn/document/client-docs/bot-v3/obtain-bot-info */
  async #ask(): Promise<string | undefined> {
    try {
      const answer = await this.#feishu().call({
        attempt: "Asking who the bot is",
        method: "GET",
        path: "/open-apis/bot/v3/info",
      });
      return stringOf(fieldsOf(answer.bot)?.open_id);
    } catch {
      return undefined;
    }
  }
}
