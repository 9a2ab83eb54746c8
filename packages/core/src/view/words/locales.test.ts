import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { enUs } from "./en-us.ts";
import { type Locale, locales, wordsByLocale } from "./locales.ts";
import type { Words } from "./words.ts";

/** Stand for what a phrase is given. */
const GIVEN = [41, 43] as const;

type Phrase = (...given: readonly (number | string)[]) => string;

function isPhrase(value: unknown): value is Phrase {
  return typeof value === "function";
}

/** All words and phrases of a language, by the path to them. */
function leavesOf(words: unknown, path = ""): Map<string, unknown> {
  if (typeof words !== "object" || words === null) return new Map([[path, words]]);
  const entries = Object.entries(words);
  return new Map(
    entries.flatMap(([name, value]) => [...leavesOf(value, path === "" ? name : `${path}.${name}`)]),
  );
}

function said(leaf: unknown): string {
  return isPhrase(leaf) ? leaf(...GIVEN) : String(leaf ?? "");
}

/** Finds what a language lacks, measured against one that is complete. */
function findLacks(words: unknown, complete: Words): string[] {
  const own = leavesOf(words);
  const lacks = [...leavesOf(complete)].flatMap(([path, wanted]) => {
    const leaf = own.get(path);
    if (leaf === undefined) return `${path}: missing`;
    if (typeof leaf !== typeof wanted) return `${path}: a ${typeof leaf}, not a ${typeof wanted}`;
    const text = said(leaf);
    if (text.trim() === "") return `${path}: empty`;
    const given = isPhrase(wanted) ? GIVEN.slice(0, wanted.length) : [];
    return given.some((value) => !text.includes(String(value))) ? `${path}: leaves out what it is given` : [];
  });
  const known = leavesOf(complete);
  return [...lacks, ...[...own.keys()].filter((path) => !known.has(path)).map((path) => `${path}: unknown`)];
}

/** Finds words that two languages have in common. */
function findCopies(one: unknown, other: unknown): string[] {
  const others = leavesOf(other);
  return [...leavesOf(one)].flatMap(([path, leaf]) =>
    leaf !== undefined && said(leaf) === said(others.get(path)) ? path : [],
  );
}

/** Words that are the same in two languages for a good reason. */
const shared: readonly (readonly [Locale, Locale, readonly string[]])[] = [
  // Tokens are called so in both.
  ["zh-CN", "en-US", ["tokens"]],
  // The same Chinese characters.
  ["zh-CN", "ja-JP", ["units.seconds", "units.minutes", "writing", "buttons.stop"]],
  ["en-US", "ja-JP", []],
];

describe("given the words of every language", () => {
  it("has a file for each locale, and a locale for each file", () => {
    const files = readdirSync(import.meta.dirname).filter((name) => /^[a-z]{2}-[a-z]{2}\.ts$/.test(name));
    expect(files).toEqual(locales.map((locale) => `${locale.toLowerCase()}.ts`).toSorted());
  });

  it.each(locales)("finds nothing that %s lacks", (locale) => {
    expect(findLacks(wordsByLocale[locale], enUs)).toEqual([]);
  });

  it("compares each two languages", () => {
    const pairs = locales.flatMap((one, index) => locales.slice(index + 1).map((other) => [one, other]));
    expect(shared.map(([one, other]) => [one, other])).toEqual(pairs);
  });

  it.each(shared)("finds nothing in %s that was copied to %s, but for %j", (one, other, expected) => {
    expect(findCopies(wordsByLocale[one], wordsByLocale[other])).toEqual(expected);
  });
});

describe("given a language that is not complete", () => {
  const { lostImage, ...rest } = enUs;
  const { stop, ...buttons } = enUs.buttons;
  const unfinished = {
    ...rest,
    image: " ",
    buttons: { ...buttons, stopp: stop },
    thoughtFor: () => "Réflexion",
    tokens: (input: string) => `${input} jetons`,
    moreSources: lostImage,
  };

  it("names each word that it lacks", () => {
    expect(findLacks(unfinished, enUs).toSorted()).toEqual([
      "buttons.stop: missing",
      "buttons.stopp: unknown",
      "image: empty",
      "lostImage: missing",
      "moreSources: a string, not a function",
      "thoughtFor: leaves out what it is given",
      "tokens: leaves out what it is given",
    ]);
  });

  it("names what was copied and not translated", () => {
    const copies = findCopies(unfinished, enUs);
    expect(copies).toContain("ends.reader");
    expect(copies).toContain("earlierTools");
    expect(copies).not.toContain("thoughtFor");
  });
});
