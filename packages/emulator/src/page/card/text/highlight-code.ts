import * as grammars from "@speed-highlight/core/languages";
import { type ShjLanguageData, tokenizeWith } from "@speed-highlight/core/tokenize";

/** A piece of code that is drawn in one colour. The pieces, one after the other, are the code. */
export interface CodePiece {
  readonly text: string;
  /** Kind of token, such as `"kwd"` or `"str"`; `"control"` for a control character that reorders text. */
  readonly kind?: string | undefined;
}

/** Splits code into pieces by the tokens of its language. Code that is too long to be coloured within a frame stays one plain piece. */
export function highlightCode(code: string, language: string): CodePiece[] {
  const grammar = grammarOf(language);
  const pieces: CodePiece[] = [];
  const add = (text: string, kind?: string): void => void pieces.push(...withControls(text, kind));
  if (grammar === undefined || !isQuick(code)) add(code);
  else tokenizeWith(code, grammar, add, { languages: LANGUAGES });
  return pieces;
}

// Cast, because the library's declarations do not allow `undefined` properties, which its tokenizer treats as absent ones.
const LANGUAGES = grammars as unknown as Record<string, ShjLanguageData>;
const GRAMMARS = new Map(Object.entries(LANGUAGES));

// Names that the platform and models use and the grammars do not. A language without a grammar gets that of a similar one.
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

// Limits, because a grammar's patterns scan the rest of a word or line from each of its characters: quadratic time.
const MAX_CHARACTERS = 30_000;
const TOO_LONG_LINE = /^.{1500}/m;
const TOO_LONG_WORD = /\S{400}|\s{400}/;

function isQuick(code: string): boolean {
  return code.length <= MAX_CHARACTERS && !TOO_LONG_LINE.test(code) && !TOO_LONG_WORD.test(code);
}

// Characters that make code look different from how it runs: https://trojansource.codes
const CONTROL = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

function withControls(text: string, kind: string | undefined): CodePiece[] {
  if (!CONTROL.test(text)) return text === "" ? [] : [{ text, kind }];
  return text
    .split(CONTROL)
    .map((part) => ({ text: part, kind: CONTROL.test(part) ? "control" : kind }))
    .filter((piece) => piece.text !== "");
}
