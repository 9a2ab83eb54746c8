import type { RunReason, RunStatus } from "./run-end.ts";

/**
 * How much of the text the reader has: all of it on finalized cards, all with the help of a plain message,
 * less or on a card that could not be finalized, or nothing.
 */
export type Delivery = "card" | "message" | "partial" | "none";

/**
 * How the cards got their final state: by the `changes` that were missing, or, where the platform refused them, by
 * replacing the card, by replacing it with `plain` text, or by closing the stream over what was shown.
 * `message`: a plain message carries the rest.
 */
export type FinalizedBy = "changes" | "replace" | "plain" | "close" | "message";

/** Parts of a run of which a card shows the beginning only, where they are long. */
export type CutPart = "reasoning" | "tool-input" | "tool-output" | "sources";

/** How one of several runs on a card ended. */
export interface LaneResult {
  readonly status: RunStatus;
  readonly reason?: RunReason;
  readonly text: string;
  readonly error?: unknown;
}

export interface CardResult {
  readonly status: RunStatus;
  readonly reason?: RunReason;
  /** Who pressed Stop, by the platform's id, where it is known. */
  readonly stoppedBy?: string;
  readonly delivery: Delivery;
  /** The last resort that was needed for any of the cards; absent where one could not be finalized. */
  readonly finalizedBy?: FinalizedBy;
  /** The run's whole text, its blocks one after the other. */
  readonly text: string;
  readonly cards: readonly CardIds[];
  /** What was too long to be shown whole; absent where nothing was. */
  readonly cut?: readonly CutPart[];
  /** By name, where several runs share the card. */
  readonly lanes?: Readonly<Record<string, LaneResult>>;
  /** Why the run failed or was stopped. */
  readonly error?: unknown;
  /** Why the reader does not have the whole text on finalized cards. */
  readonly deliveryError?: unknown;
  readonly metrics: CardMetrics;
}

export interface CardIds {
  readonly cardId: string;
  readonly messageId: string;
}

/** Times in milliseconds since the card was made. */
export interface CardMetrics {
  /** Until the run's first token that the card shows, be it of the answer or of a thought. */
  readonly firstTokenMs?: number;
  /** Until the platform acknowledged the first text, be it of the answer or of a thought. */
  readonly firstTextMs?: number;
  readonly totalMs: number;
  /** Output tokens, as the provider counted them, per second from that token to the end of the run. */
  readonly tokensPerSecond?: number;
  /** From the stop to the finalized card. */
  readonly stopMs?: number;
  /** HTTP requests for this card, retries included. */
  readonly calls: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
}
