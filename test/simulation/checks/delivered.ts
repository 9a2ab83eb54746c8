import type { CardResult, Delivery } from "@streamcard/core";
import type { CardSnapshot } from "@streamcard/emulator";
import type { Said } from "../play/what-was-said.ts";
import type { Hindrance } from "./least-delivery.ts";

/** Result of one run beside the cards and messages that its reader has. */
export interface Delivered {
  readonly result: CardResult;
  readonly said: readonly Said[];
  /** The cards that the reader can see, oldest first. */
  readonly cards: readonly CardSnapshot[];
  /** Plain messages in the order of sending. */
  readonly texts: readonly string[];
  /** Faults and events that requests met. */
  readonly met: readonly Hindrance[];
  /** Least delivery that is acceptable in spite of these hindrances. */
  readonly least: Delivery;
  /** Ids of cards that the platform reported as gone. Their text does not count. */
  readonly gone: ReadonlySet<string>;
  /** True if a card was gone after its finalizing had failed for another reason: the next card may be sent before. */
  readonly isOvertaken: boolean;
  /** True if a message tells of the run's end. */
  readonly isNotified: boolean;
  /** True if an operation was carried out but its answer was lost or a failure. */
  readonly hasUnknown: boolean;
}
