import { describeValue } from "./describe-value.ts";
import { InvalidOptionError } from "./errors.ts";

/** Values that an option takes. */
export interface Expected {
  /** Their names in an error, as alternatives. */
  readonly words: readonly string[];
  /** Tells such values from others. */
  readonly accepts: (value: unknown) => boolean;
}

/**
 * Checks an option that may be left out: `undefined` passes.
 *
 * @param name The option as its user writes it, such as `timeouts.idleMs`.
 * @throws {InvalidOptionError} when the value is none of the expected ones.
 */
export function checkOption(name: string, value: unknown, expected: Expected): void {
  if (value !== undefined) requireOption(name, value, expected);
}

/**
 * Checks an option that has to be given.
 *
 * @throws {InvalidOptionError} when the value is none of the expected ones.
 */
export function requireOption(name: string, value: unknown, { words, accepts }: Expected): void {
  if (accepts(value)) return;
  throw new InvalidOptionError(`${name} must be ${orList(words)}, received ${describeOption(value)}.`);
}

/**
 * Checks the names of an option's fields. Anything but an object passes.
 *
 * @throws {InvalidOptionError} when there is a field by another name.
 */
export function checkFields(name: string, value: unknown, allowed: readonly string[]): void {
  if (!anObject.accepts(value)) return;
  const unknown = Object.keys(Object(value)).find((field) => !allowed.includes(field));
  if (unknown === undefined) return;
  throw new InvalidOptionError(
    `${name} has the fields ${allowed.join(", ")}, received ${JSON.stringify(unknown)}.`,
  );
}

const MAX_SHOWN_CHARS = 100;

/** Describes the value of an option in an error: plain values as they are, others by their kind. */
export function describeOption(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length <= MAX_SHOWN_CHARS ? value : `${value.slice(0, MAX_SHOWN_CHARS)}…`);
  }
  return typeof value === "number" || typeof value === "boolean" ? String(value) : describeValue(value);
}

/** Any function. */
export const aFunction: Expected = { words: ["a function"], accepts: (value) => typeof value === "function" };

/** Any text, the empty one included. */
export const aText: Expected = { words: ["a text"], accepts: (value) => typeof value === "string" };

/** A switch. */
export const trueOrFalse: Expected = {
  words: ["true", "false"],
  accepts: (value) => typeof value === "boolean",
};

/** An object that is no list. */
export const anObject: Expected = {
  words: ["an object"],
  accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** Expects one of a few values. */
export function oneOf(...values: readonly (string | boolean)[]): Expected {
  return {
    words: values.map((value) => JSON.stringify(value)),
    accepts: (value) => values.some((one) => one === value),
  };
}

/** Expects a value of one of several kinds. */
export function anyOf(...kinds: readonly Expected[]): Expected {
  return {
    words: kinds.flatMap(({ words }) => words),
    accepts: (value) => kinds.some(({ accepts }) => accepts(value)),
  };
}

/** Bounds of a number, both included. */
export interface NumberRange {
  readonly min: number;
  /** @defaultValue none */
  readonly max?: number;
}

/** Expects a whole number. */
export function wholeNumber({ min, max }: NumberRange): Expected {
  return {
    words: [`a whole number ${rangeWords(min, max)}`],
    accepts: (value) => Number.isInteger(value) && isWithin(value, min, max),
  };
}

/** Expects a time in milliseconds, `0` included. @param zero Meaning of `0`, where it has one of its own. */
export function milliseconds({ max, zero }: { readonly max: number; readonly zero?: string }): Expected {
  return {
    words: [`a number of milliseconds from 0${zero === undefined ? "" : ` (${zero})`} to ${max}`],
    accepts: (value) => Number.isFinite(value) && isWithin(value, 0, max),
  };
}

/** Renames what is expected, where the plain words would say too little. */
export function described(words: string, { accepts }: Expected): Expected {
  return { words: [words], accepts };
}

function isWithin(value: unknown, min: number, max = Number.POSITIVE_INFINITY): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

function rangeWords(min: number, max: number | undefined): string {
  return max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
}

function orList(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), words.at(-1)].filter((part) => part !== "").join(" or ");
}
