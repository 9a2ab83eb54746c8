import type { Clock } from "../clock.ts";
import type { CardResult } from "../contract/card-result.ts";
import type { RunStop } from "../run/run-stop.ts";

/** Parts of a card that core and its sibling packages use, and that are no promise to users. */
export interface CardInternals {
  /** Clock of the card, for siblings that wait on its behalf. */
  readonly clock: Clock;
  /** Stop of the card's run. Listening to it does not mark the run as stoppable, as reading `card.signal` does. */
  readonly stopped: RunStop;
  /** Ends the card with the reason that its stream was aborted for. */
  abort(reason: unknown): Promise<CardResult>;
}

/** Registered for the process, because a card may come from another copy of the package. */
const key: unique symbol = Symbol.for("streamcard.card-internals");

/** Hangs its internals on a card. */
export function setInternals(card: object, internals: CardInternals): void {
  Object.defineProperty(card, key, { value: internals });
}

/**
 * Finds the internals of a card.
 *
 * @throws {TypeError} when the value is no card.
 */
export function internalsOf(card: object): CardInternals {
  if (!hasInternals(card)) throw new TypeError("This is no card of streamcard.");
  return card[key];
}

function hasInternals(card: object): card is { readonly [key]: CardInternals } {
  return key in card;
}
