import type { CardResult, Delivery } from "@streamcard/core";
import type { CardSnapshot } from "@streamcard/emulator";
import type { Said } from "../play/what-was-said.ts";
import type { Hindrance } from "./least-delivery.ts";

/** What a run was told of its delivery, and what its reader has. */
export interface Delivered {
  readonly result: CardResult;
  readonly said: readonly Said[];
  /** The cards that the reader can see, oldest first. */
  readonly cards: readonly CardSnapshot[];
  /** Plain messages, in order. */
  readonly texts: readonly string[];
  /** What requests have met. */
  readonly met: readonly Hindrance[];
  /** The least that can be had in spite of it. */
  readonly least: Delivery;
  /** Cards of which the platform has said that they are no more: what they show does not count. */
  readonly gone: ReadonlySet<string>;
  /** A card was gone after its finalizing had failed in another way, for which the next card does not wait. */
  readonly isOvertaken: boolean;
  /** Whether a message tells of the run's end. */
  readonly isNotified: boolean;
  /** Whether an operation may have been carried out without the sender knowing. */
  readonly hasUnknown: boolean;
}
