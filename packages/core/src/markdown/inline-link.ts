/** Answer that needs more text. */
export const UNDECIDED = Symbol("undecided");

/** Type of {@link UNDECIDED}. */
export type Undecided = typeof UNDECIDED;

/** Counts how often the character at `at` is repeated from there on, itself included. */
export function runLength(text: string, at: number): number {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return end - at;
}

/** Finds the end of the code span that `ticks` backticks opened; -1 where it has none. */
export function closingTicks(text: string, from: number, ticks: number): number {
  let at = text.indexOf("`", from);
  while (at >= 0) {
    const length = runLength(text, at);
    if (length === ticks) return at + length;
    at = text.indexOf("`", at + length);
  }
  return -1;
}

/** Inline link. */
export interface Link {
  /** Offset after the link. */
  readonly end: number;
  /** Text between the brackets. */
  readonly label: string;
  /** Address. */
  readonly target: string;
  /** Text from the target's opening parenthesis to the closing one. */
  readonly tail: string;
}

/** Parses the inline link whose `[` stands at `at`; `undefined` where there is none. */
export function parseLink(text: string, at: number, complete: boolean): Link | Undecided | undefined {
  const open = complete ? undefined : UNDECIDED;
  const labelEnd = closingBracket(text, at);
  if (labelEnd < 0) return open;
  if (text.length === labelEnd + 1) return open;
  if (text[labelEnd + 1] !== "(") return undefined;
  const tailStart = labelEnd + 1;
  const tailEnd = closingParenthesis(text, tailStart);
  if (tailEnd < 0) return open;
  const tail = text.slice(tailStart, tailEnd + 1);
  const target = /^\(\s*(?:<([^<>]*)>|([^\s<>]*))(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)$/.exec(tail);
  if (target === null) return undefined;
  const [, bracketed, plain = ""] = target;
  if (bracketed !== undefined && !/^(?:https?|mailto|tel):/i.test(bracketed)) return undefined;
  return { end: tailEnd + 1, label: text.slice(at + 1, labelEnd), target: bracketed ?? plain, tail };
}

/** Tells if more text could still make a link of the `[` at `at`. */
export function isOpenLink(text: string, at: number): boolean {
  return parseLink(text, at, false) === UNDECIDED;
}

function closingBracket(text: string, open: number): number {
  // Without this check a line of nothing but opening brackets would be read once for each of them.
  if (!text.includes("]", open)) return -1;
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "`") {
      const ticks = runLength(text, at);
      const end = closingTicks(text, at + ticks, ticks);
      at = end > 0 ? end - 1 : at + ticks - 1;
    } else if (char === "[") depth += 1;
    else if (char === "]") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "(") depth += 1;
    else if (char === ")") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
