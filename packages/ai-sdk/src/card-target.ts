import { type CardStream, InvalidOptionError } from "@streamcard/core";
import { describeValue } from "@streamcard/core/internal";

/** A card that nothing was written to yet, or a function that makes one: `feishuCard` itself is such a function. */
export type CardTarget = CardStream | (() => CardStream);

/** @throws {InvalidOptionError} when it is no card, and makes none. */
export function takeCard(target: CardTarget): CardStream {
  const card: unknown = typeof target === "function" ? target() : target;
  if (isCard(card)) return card;
  throw new InvalidOptionError(
    `The target must be a card, as feishuCard() makes it, or a function that makes one; received ${describeValue(card)}.`,
  );
}

/** By its methods: two installed copies of core have two classes. */
function isCard(value: unknown): value is CardStream {
  if (typeof value !== "object" || value === null) return false;
  return "push" in value && "finish" in value && "stop" in value && "getWriter" in value;
}
