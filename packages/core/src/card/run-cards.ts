import type { CardWriteError } from "../contract/card-driver.ts";
import type { CardIds, FinalizedBy } from "../contract/card-result.ts";

/** Text that stands on no card. */
export interface MissingText {
  readonly text: string;
  /** No card shows any text of the answer. */
  readonly isNothingShown: boolean;
}

/** Cards of one run, whether they stream or are sent once. */
export interface RunCards {
  /** The first card is being made. */
  readonly hasBegun: boolean;
  /** Cards that the platform is known to have made, in order. */
  readonly cards: readonly CardIds[];
  /** The last resort that any of the cards needed; `undefined` where one is not finalized. */
  readonly finalizedBy: FinalizedBy | undefined;
  /**
   * Text that no card shows, as far as the platform acknowledged it; `undefined` when every card is final with all of
   * its text.
   */
  readonly missing: MissingText | undefined;
  /** Takes the steps that are due, because the run has said something or a time has come. */
  wake(): void;
  /** Lets the cards settle, because the run has ended. Content that cannot be written in time is given up. */
  finish(): void;
}

/** Receives the outcome of each card. */
export interface RunCardsListener {
  onOpened(card: CardIds): void;
  /** The first card could not be made. */
  onUnopened(): void;
  /** The platform acknowledged text for the first time. */
  onFirstText(): void;
  onTrouble(error: CardWriteError): void;
  /** A layout did what it must not do. */
  onMisuse(error: unknown): void;
  /** Nothing has succeeded for too long after the run's end. */
  onGivenUp(afterMs: number): void;
  /** The run has ended, and each of its cards is finalized or given up. */
  onSettled(cards: RunCards): void;
}

/** Resorts by which a card is finalized, from what shows most to what shows least; they are tried in another order. */
const resorts: readonly FinalizedBy[] = ["changes", "replace", "plain", "close"];

/** Returns the last of the resorts by which cards were finalized; `undefined` where one was not. */
export function lastResortOf(used: readonly (FinalizedBy | undefined)[]): FinalizedBy | undefined {
  return used.includes(undefined) ? undefined : resorts.findLast((resort) => used.includes(resort));
}
