import { describe, expect, it } from "vitest";
import {
  aFunction,
  anObject,
  anyOf,
  aText,
  checkFields,
  checkOption,
  described,
  type Expected,
  milliseconds,
  oneOf,
  requireOption,
  trueOrFalse,
  wholeNumber,
} from "./check-option.ts";
import { InvalidOptionError } from "./errors.ts";

class Model {}

describe("given the value of an option", () => {
  it.each<[Expected, unknown, string]>([
    [aFunction, "no", 'must be a function, received "no".'],
    [aFunction, null, "must be a function, received null."],
    [aText, 1, "must be a text, received 1."],
    [trueOrFalse, 0, "must be true or false, received 0."],
    [anObject, [], "must be an object, received a list."],
    [anObject, new Model(), ""],
    [anObject, "x".repeat(200), `must be an object, received "${"x".repeat(100)}…".`],
    [oneOf("a"), "b", 'must be "a", received "b".'],
    [oneOf("a", "b"), { a: 1 }, 'must be "a" or "b", received an object with the keys a.'],
    [oneOf("a", "b", true), new Model(), 'must be "a", "b" or true, received an instance of Model.'],
    [oneOf("a", "b", true), true, ""],
    [anyOf(trueOrFalse, oneOf("a"), aFunction), 2, 'must be true, false, "a" or a function, received 2.'],
    [anyOf(trueOrFalse, oneOf("a"), aFunction), "a", ""],
    [wholeNumber({ min: 1 }), 0, "must be a whole number of at least 1, received 0."],
    [wholeNumber({ min: 1 }), 1.5, "must be a whole number of at least 1, received 1.5."],
    [wholeNumber({ min: 1 }), "1", 'must be a whole number of at least 1, received "1".'],
    [wholeNumber({ min: 1 }), 1, ""],
    [wholeNumber({ min: 1, max: 3 }), 4, "must be a whole number from 1 to 3, received 4."],
    [wholeNumber({ min: 1, max: 3 }), 3, ""],
    [milliseconds({ max: 10 }), Number.NaN, "must be a number of milliseconds from 0 to 10, received NaN."],
    [milliseconds({ max: 10 }), 10.5, "must be a number of milliseconds from 0 to 10, received 10.5."],
    [
      milliseconds({ max: 10, zero: "no limit" }),
      -1,
      "must be a number of milliseconds from 0 (no limit) to 10, received -1.",
    ],
    [milliseconds({ max: 10 }), 0, ""],
    [described("a name", aText), 1, "must be a name, received 1."],
  ])("checks that it is %j: %j", (expected, value, message) => {
    const check = () => checkOption("it", value, expected);
    if (message === "") expect(check).not.toThrow();
    else expect(check).toThrow(new InvalidOptionError(`it ${message}`));
  });

  it("lets an option be left out that may be", () => {
    expect(() => checkOption("layout", undefined, aFunction)).not.toThrow();
    expect(() => requireOption("layout", undefined, aFunction)).toThrow(
      new InvalidOptionError("layout must be a function, received undefined."),
    );
  });
});

describe("given the fields of an option", () => {
  it("names those that there are", () => {
    expect(() => checkFields("footer", { model: true, cost: true }, ["model", "tokens"])).toThrow(
      new InvalidOptionError('footer has the fields model, tokens, received "cost".'),
    );
  });

  it.each([{ model: true }, {}, true, undefined, null, "all"])("lets %j pass", (value) => {
    expect(() => checkFields("footer", value, ["model", "tokens"])).not.toThrow();
  });
});
