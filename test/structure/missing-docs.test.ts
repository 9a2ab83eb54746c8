import { describe, expect, it } from "vitest";
import { missingDocs } from "./missing-docs.ts";
import { SourceFiles } from "./source-files.ts";

/** Lists what the docstrings of one file, `index.ts`, lack, as "name: lack". */
function lacksOf(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  const files = new SourceFiles(
    (path) => (path === "src/index.ts" ? text : (others[path] ?? "")),
    new Map([["@streamcard/core", "src/core.ts"]]),
  );
  return missingDocs(files, ["src/index.ts"]).map(({ name, lack }) => `${name}: ${lack}`);
}

describe("given a public name", () => {
  it.each([
    ["export type Kind = string;", ["Kind: no docstring"]],
    ["/** @see https://example.com */\nexport type Kind = string;", ["Kind: no docstring"]],
    ["/** Kind of an id. */\nexport type Kind = string;", []],
    ["export const limit = 5;", ["limit: no docstring"]],
    ["type Kind = string;", []],
    ["/** Card. */\nexport class Card { stop() {} #draw() {} }", ["Card.stop: no docstring"]],
    [
      "/** Card. */\nexport class Card {\n/** @internal for the pager */ stop() {} override finish() {} }",
      [],
    ],
    [
      "/** Card. */\nexport interface Card { stop(): void; readonly id: string }",
      ["Card.stop: no docstring"],
    ],
  ])("says what it lacks: %s", (text, lacks) => {
    expect(lacksOf(text)).toEqual(lacks);
  });

  it("follows exports and imports to the declaration, also under another name and in another package", () => {
    const text = 'export { inner as outer } from "./a.ts";\nexport type { Far } from "@streamcard/core";';
    const others = {
      "src/a.ts": 'import { deep } from "./b.ts";\nexport { deep as inner };',
      "src/b.ts": "export function deep() {}",
      "src/core.ts": "export type Far = string;",
    };
    expect(lacksOf(text, others)).toEqual(["outer: no docstring", "Far: no docstring"]);
  });
});

describe("given an option", () => {
  const options = (field: string) => lacksOf(`/** Options. */\nexport interface CardOptions {\n${field}\n}`);

  it.each([
    ["title: string", ["CardOptions.title: no docstring"]],
    ["/** Title. */ title: string", []],
    ["/** Title. */ title?: string", ["CardOptions.title: no @defaultValue"]],
    ["/** Title. @defaultValue none */ title?: string", []],
    ["/** Pause. */ pause: number", ["CardOptions.pause: no unit"]],
    ["/** Pause. */ pause: string | number", ["CardOptions.pause: no unit"]],
    ["/** Pause, in milliseconds. */ pause: number", []],
    ["/** Pause. */ pauseMs: number", []],
    ["/** Size. */ maxBytes: number", []],
    ["retry(): void", ["CardOptions.retry: no docstring", "CardOptions.retry: no docstring"]],
  ])("wants a description, a unit and a default: %s", (field, lacks) => {
    expect(options(field)).toEqual(lacks);
  });

  it("looks at timeouts and at the types that options take fields from", () => {
    const base =
      "interface Base { pace: string }\ninterface Kinds { person: string }\ninterface Own<Kind> {}";
    const fields =
      "/** Limits. */\nexport interface Timeouts extends Omit<Base, 'x'>, Own<Kinds> { idle: string }";
    expect(lacksOf(`${base}\n${fields}`)).toEqual(["Timeouts.idle: no docstring", "Base.pace: no docstring"]);
  });
});

describe("given an error that a function throws", () => {
  const throwing = 'function check() { throw new InvalidOptionError("no"); }';

  it.each([
    ["function make() { check(); }", ["make: no @throws {InvalidOptionError}"]],
    ["function make() { return () => check(); }", []],
    ["function make() { try { check(); } catch {} }", []],
    ["class make { constructor() { check(); } }", ["make: no @throws {InvalidOptionError}"]],
    ["class make {\n/** @throws {InvalidOptionError} */ constructor() { check(); } }", []],
    ["function make() { throw new TypeError(); }", []],
    ["function make() { make(); check(); }", ["make: no @throws {InvalidOptionError}"]],
  ])("wants it named: %s", (declaration, lacks) => {
    expect(lacksOf(`${throwing}\n/** Makes a card. */\nexport ${declaration}`)).toEqual(lacks);
  });

  it("takes the name in a tag", () => {
    const docs = "/** Makes a card. @throws {InvalidOptionError} when an option can never work. */";
    expect(lacksOf(`${throwing}\n${docs}\nexport function make() { check(); }`)).toEqual([]);
  });
});
