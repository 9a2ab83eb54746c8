import { v5 as uuidv5 } from "uuid";
import { isMessageRate } from "../api/error-codes.ts";
import type { FeishuApi } from "../api/feishu-api.ts";
import { FeishuApiError } from "../api/feishu-error.ts";
import { type CardTarget, type Message, sendMessage } from "./card-message.ts";
import { randomId } from "./random-id.ts";

/** Sends the messages of one run: its cards, the text that no card could carry, and the notification of its end. */
export class MessageSender {
  readonly #api: FeishuApi;
  readonly #target: CardTarget;
  /** Namespace of the ids of messages, so that the platform takes a repeated send for the first one. */
  readonly #namespace = randomId();
  /** True once the platform has refused a message for the rate of messages in its chat. */
  #isCrowded = false;

  constructor(api: FeishuApi, target: CardTarget) {
    this.#api = api;
    this.#target = target;
  }

  /**
   * Sends a card.
   *
   * @param isWanted Asked right before the card is sent.
   * @returns the message id.
   */
  sendCard(cardId: string, isWanted?: () => boolean): Promise<string> {
    return this.#send({
      attempt: "Sending the card",
      msgType: "interactive",
      content: { type: "card", data: { card_id: cardId } },
      uuid: uuidv5(`card-${cardId}`, this.#namespace),
      isWanted,
    });
  }

  /** Sends a part of a text that no card could carry. @returns the message id. */
  sendText(text: string, part: number): Promise<string> {
    return this.#send({
      attempt: "Sending the text",
      msgType: "text",
      content: { text: escapeMentions(text) },
      uuid: uuidv5(`text-${part}`, this.#namespace),
    });
  }

  /** Says how the run ended, in a text message, because clients notify of messages and not of cards that change. */
  async notify(text: string): Promise<void> {
    await this.#send({
      attempt: "Sending the notification",
      msgType: "text",
      content: { text: escapeMentions(text) },
      uuid: uuidv5("notification", this.#namespace),
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

/** Breaks the mentions of a text message, which have another form than those of cards. */
function escapeMentions(text: string): string {
  return text.replace(/<(?=\/?at\b)/gi, "<\u200b");
}
