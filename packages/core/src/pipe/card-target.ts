import type { CardStream } from "../card/card-stream.ts";
import { describeValue } from "../describe-value.ts";
import { InvalidOptionError } from "../errors.ts";

/** A card that nothing was written to yet, or a function that makes one: `feishuCard` itself is such a function. */
export type CardTarget = CardStream | (() => CardStream);

/**
 * Takes the card of a target, which it makes if need be.
 *
 * @throws {InvalidOptionError} when it is no card, and makes none.
 */
export function takeCard(target: CardTarget): CardStream {
  const card: unknown = typeof target === "function" ? target() : target;
  if (isCard(card)) return card;
  throw new InvalidOptionError(
    `The target must be a card, as feishu.card() makes it, or a function that makes one; received ${describeValue(card)}.`,
  );
}

/** @throws {InvalidOptionError} when it is no card. */
export function checkCard(card: unknown): asserts card is CardStream {
  if (isCard(card)) return;
  throw new InvalidOptionError(
    `The second argument must be a card, as feishu.card() makes it; received ${describeValue(card)}.`,
  );
}

/** Tells a card by its methods, because two installed copies of core have two classes. */
function isCard(value: unknown): value is CardStream {
  if (typeof value !== "object" || value === null) return false;
  return "push" in value && "finish" in value && "stop" in value && "getWriter" in value;
}
