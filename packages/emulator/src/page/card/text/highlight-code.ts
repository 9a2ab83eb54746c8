import * as grammars from "@speed-highlight/core/languages";
import { type ShjLanguageData, tokenizeWith } from "@speed-highlight/core/tokenize";

/** A stretch of code that has one look. The runs of a code, one after the other, are the code. */
export interface CodeRun {
  readonly text: string;
  /** What it is to its language, such as `"kwd"` or `"str"`; "control" is a mark that would turn text around. */
  readonly kind?: string | undefined;
}

/** Colours code by its language. What is too long to be coloured in the time of a frame is one plain run. */
export function highlightCode(code: string, language: string): CodeRun[] {
  const grammar = grammarOf(language);
  const runs: CodeRun[] = [];
  const add = (text: string, kind?: string): void => void runs.push(...withControls(text, kind));
  if (grammar === undefined || !isQuick(code)) add(code);
  else tokenizeWith(code, grammar, add, { languages: LANGUAGES });
  return runs;
}

// Their declarations leave out that a property may be `undefined`; to the tokenizer that is the same as no property.
const LANGUAGES = grammars as unknown as Record<string, ShjLanguageData>;
const GRAMMARS = new Map(Object.entries(LANGUAGES));

// Names of the platform, and what models write, that the grammars do not go by. A near relative is better than no colour.
const RELATIVES: ReadonlyMap<string, string> = new Map([
  ["c#", "java"],
  ["c++", "c"],
  ["c_sharp", "java"],
  ["cpp", "c"],
  ["cs", "java"],
  ["csharp", "java"],
  ["cxx", "c"],
  ["dart", "java"],
  ["docker_file", "docker"],
  ["dockerfile", "docker"],
  ["golang", "go"],
  ["groovy", "java"],
  ["javascript", "js"],
  ["json5", "json"],
  ["jsonc", "json"],
  ["jsonl", "json"],
  ["jsx", "js"],
  ["kotlin", "java"],
  ["kt", "java"],
  ["makefile", "make"],
  ["markdown", "md"],
  ["objective_c", "c"],
  ["perl", "pl"],
  ["properties", "ini"],
  ["python", "py"],
  ["rust", "rs"],
  ["scala", "java"],
  ["scss", "css"],
  ["sh", "bash"],
  ["shell", "bash"],
  ["svg", "xml"],
  ["tsx", "ts"],
  ["typescript", "ts"],
  ["yml", "yaml"],
  ["zsh", "bash"],
]);

function grammarOf(language: string) {
  const name = language.toLowerCase();
  return GRAMMARS.get(name) ?? GRAMMARS.get(RELATIVES.get(name) ?? "");
}

// A grammar's patterns look again at the rest of a word or a line from each of its characters.
const MAX_CHARACTERS = 30_000;
const MAX_LINE = /^.{1500}/m;
const MAX_RUN = /\S{400}|\s{400}/;

function isQuick(code: string): boolean {
  return code.length <= MAX_CHARACTERS && !MAX_LINE.test(code) && !MAX_RUN.test(code);
}

// With these a text can look like another one than it is: https://trojansource.codes
const CONTROL = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

function withControls(text: string, kind: string | undefined): CodeRun[] {
  if (!CONTROL.test(text)) return text === "" ? [] : [{ text, kind }];
  return text
    .split(CONTROL)
    .map((part) => ({ text: part, kind: CONTROL.test(part) ? "control" : kind }))
    .filter((run) => run.text !== "");
}
