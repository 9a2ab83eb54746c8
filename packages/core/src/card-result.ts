import type { RunReason, RunStatus } from "./run-end.ts";

/**
 * How much of the text the reader has: all of it on cards, all with the help of a plain message, less, or nothing.
 */
export type Delivery = "card" | "message" | "partial" | "none";

export interface CardResult {
  readonly status: RunStatus;
  readonly reason?: RunReason;
  /** Who pressed Stop, by the platform's id, where it is known. */
  readonly stoppedBy?: string;
  readonly delivery: Delivery;
  /** The run's whole text, its blocks one after the other. */
  readonly text: string;
  readonly cards: readonly CardIds[];
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
  /** Until the run's first token that the card shows. */
  readonly firstTokenMs?: number;
  /** Until the platform acknowledged the first text. */
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
