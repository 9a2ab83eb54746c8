import { v5 as uuidv5 } from "uuid";
import { isMessageRate } from "../api/error-codes.ts";
import type { FeishuApi } from "../api/feishu-api.ts";
import { FeishuApiError } from "../api/feishu-error.ts";
import { type CardTarget, type Message, sendMessage } from "./card-message.ts";
import { randomId } from "./random-id.ts";

/** The messages of one run: its cards, and what no card could carry. */
export class RunMessages {
  readonly #api: FeishuApi;
  readonly #target: CardTarget;
  /** From this the ids of its messages are derived, so that a repeated send finds the first one. */
  readonly #runId = randomId();
  #isCrowded = false;

  constructor(api: FeishuApi, target: CardTarget) {
    this.#api = api;
    this.#target = target;
  }

  /**
   * @param isWanted Asked right before the card is sent.
   * @returns the message id.
   */
  sendCard(cardId: string, isWanted?: () => boolean): Promise<string> {
    return this.#send({
      attempt: "Sending the card",
      msgType: "interactive",
      content: { type: "card", data: { card_id: cardId } },
      uuid: uuidv5(`card-${cardId}`, this.#runId),
      isWanted,
    });
  }

  /** @returns the message id. */
  sendText(text: string, part: number): Promise<string> {
    return this.#send({
      attempt: "Sending the text",
      msgType: "text",
      content: { text: escapeMentions(text) },
      uuid: uuidv5(`text-${part}`, this.#runId),
    });
  }

  /** Says how the run ended. A text on its own is what clients notify of. */
  async notify(text: string): Promise<void> {
    await this.#send({
      attempt: "Sending the notification",
      msgType: "text",
      content: { text: escapeMentions(text) },
      uuid: uuidv5("notification", this.#runId),
    });
  }

  async #send(message: Omit<Message, "isCrowded">): Promise<string> {
    try {
      return await sendMessage(this.#api, this.#target, { ...message, isCrowded: this.#isCrowded });
    } catch (error) {
      this.#isCrowded ||= error instanceof FeishuApiError && isMessageRate(error.platformCode);
      throw error;
    }
  }
}

/** A text message knows `<at>` too, in another form than cards do. */
function escapeMentions(text: string): string {
  return text.replace(/<(?=\/?at\b)/gi, "<\u200b");
}
