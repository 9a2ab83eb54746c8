import type { CardStream } from "@streamcard/core";
import type { CardMark } from "@streamcard/core/driver";
import type { PlatformTypes } from "./platform-types.ts";

/** A change to a card whose run has ended. */
export interface MarkedCard {
  readonly cardId: string;
  /** The note to write; `undefined` leaves the card's words as they are. */
  readonly mark: CardMark | undefined;
  /** The platform's id of the buttons to take away, as the press brought it. */
  readonly buttonsId: string | undefined;
}

/** The place and time of one answer. */
export interface Answer<Message> {
  readonly message: Message;
  /** Id of the message that the card replies to: the question, or the card that asked for approval. */
  readonly replyTo: string;
  /** Aborted when the answer was replaced, took too long, or the bot was closed. */
  readonly signal: AbortSignal;
}

/** The operations that a bot needs of its platform. */
export interface BotPlatform<P extends PlatformTypes> {
  /** Lists the ids that a person can be named by in options, the one that names them on cards first. */
  idsOf(person: P["person"] | P["message"]["sender"]): readonly string[];
  /** Addresses an answer. */
  targetOf(answer: Answer<P["message"]>): P["target"];
  /**
   * Opens the card of an answer.
   *
   * @param options Those of `message.reply()`, over those that every card has.
   * @throws when an option can never work, or credentials are missing.
   */
  openCard(target: P["target"], options: P["replyOptions"] | undefined): CardStream;
  /** Changes a finished card. Rejects where the platform refuses; nothing else depends on it. */
  markCard(card: MarkedCard): Promise<void>;
}
