import type { RunReason, RunStatus } from "./run-end.ts";

/**
 * Part of the text that the reader has. `card`: all of it, on finalized cards. `message`: all of it, with the help of a
 * plain message. `partial`: less, or on a card that could not be finalized. `none`: nothing.
 */
export type Delivery = "card" | "message" | "partial" | "none";

/**
 * Way in which cards got their final state. `changes`: by the changes that were missing. Where the platform refused
 * them, `replace`: by a whole card, `plain`: by a card of plain text, `close`: by an end of streaming with the blocks
 * that were shown. `message`: a plain message carries the rest.
 */
export type FinalizedBy = "changes" | "replace" | "plain" | "close" | "message";

/** Kinds of parts that a card cuts where they are long. */
export type CutPart = "reasoning" | "tool-input" | "tool-output" | "sources";

/** Result of one run, of several that share a card. */
export interface LaneResult {
  /** End of the run. */
  readonly status: RunStatus;
  /** Reason of the end, where it is no natural one. */
  readonly reason?: RunReason;
  /** Whole text of the run. */
  readonly text: string;
  /** Error that the run failed with, or was stopped for. */
  readonly error?: unknown;
}

/** Result of a run and its cards. */
export interface CardResult {
  /** End of the run. */
  readonly status: RunStatus;
  /** Reason of the end, where it is no natural one. */
  readonly reason?: RunReason;
  /** Platform's id of the person who pressed Stop, where it is known. */
  readonly stoppedBy?: string;
  /** Part of the text that the reader has. */
  readonly delivery: Delivery;
  /** Last resort that was needed for any of the cards; absent where a card could not be finalized. */
  readonly finalizedBy?: FinalizedBy;
  /** Whole text of the run, its blocks one after the other. */
  readonly text: string;
  /** Cards that the reader can see, in order. */
  readonly cards: readonly CardIds[];
  /** Kinds of parts that were cut; absent where none was. */
  readonly cut?: readonly CutPart[];
  /** Results by the names of the lanes, where several runs share the card. */
  readonly lanes?: Readonly<Record<string, LaneResult>>;
  /** Error that the run failed with, or was stopped for. */
  readonly error?: unknown;
  /** Error because of which the reader does not have the whole text on finalized cards. */
  readonly deliveryError?: unknown;
  /** Times and counts. */
  readonly metrics: CardMetrics;
}

/** Platform's ids of a card. */
export interface CardIds {
  /** Id of the card. */
  readonly cardId: string;
  /** Id of the message that shows the card. */
  readonly messageId: string;
}

/** Times of a run, in milliseconds since its card was made, and counts of its requests. */
export interface CardMetrics {
  /** Milliseconds to the first token that the card shows, of the answer or of reasoning. */
  readonly firstTokenMs?: number;
  /** Milliseconds to the platform's answer to the first write with text, of the answer or of reasoning. */
  readonly firstTextMs?: number;
  /** Milliseconds to the finalized card. */
  readonly totalMs: number;
  /** Output tokens, as the provider counted them, per second from the first token to the end of the run. */
  readonly tokensPerSecond?: number;
  /** Milliseconds from the stop to the finalized card. */
  readonly stopMs?: number;
  /** HTTP requests for the run's cards, retries included. */
  readonly calls: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
}
