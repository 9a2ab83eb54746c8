import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import type { Feishu } from "../create-feishu.ts";
import type { ReceivedMessage } from "./parse-event.ts";

/** Which of the bots that a message mentions is our own: the event does not say, so the platform is asked, once. */
export class BotIdentity {
  readonly #feishu: () => Feishu;
  #openId: Promise<string | undefined> | undefined;

  constructor(feishu: () => Feishu, openId: string | undefined) {
    this.#feishu = feishu;
    if (openId !== undefined) this.#openId = Promise.resolve(openId);
  }

  /** Open id of our bot. Asked only where a message mentions a bot at all. */
  async openId({ mentions }: ReceivedMessage): Promise<string | undefined> {
    const bots = mentions.filter(({ isBot }) => isBot);
    const [first] = bots;
    if (first === undefined) return undefined;
    this.#openId ??= this.#ask();
    const known = await this.#openId;
    if (known !== undefined) return known;
    // Asked again with the next message. Until then: apps are mostly told of messages that mention them.
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
