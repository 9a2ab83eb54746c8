import { randomFrom } from "../simulation/scenario/answer-text.ts";

/** A piece of text, and when the model says it. */
export interface Token {
  readonly atMs: number;
  readonly text: string;
}

export interface Pace {
  readonly tokensPerSecond: number;
  /** When the first one comes: a card has this long to open. */
  readonly firstAtMs: number;
}

/**
 * One and two Chinese characters in turn, 1.5 a token, as models write Chinese; up to four of ASCII. Line ends stay
 * together.
 */
const TOKENS = [/\n+|[ -~]{1,4}|[^\n]/y, /\n+|[ -~]{1,4}|[^\n -~]{1,2}/y] as const;

/**
 * An answer as a model at a steady pace says it.
 *
 * Each token comes at a random moment of its own slot. In lock step with a writer's interval, luck would decide
 * whether each token just catches a write or just misses it.
 */
export function scheduleTokens(answer: string, { tokensPerSecond, firstAtMs }: Pace): Token[] {
  const random = randomFrom(4);
  const tokens: Token[] = [];
  for (let at = 0; at < answer.length; ) {
    const pattern = TOKENS[tokens.length % 2] as RegExp;
    pattern.lastIndex = at;
    const text = pattern.exec(answer)?.[0] ?? "";
    const slot = tokens.length === 0 ? 0 : tokens.length - 0.5 + random();
    const atMs = firstAtMs + Math.round((slot * 1000) / tokensPerSecond);
    tokens.push({ atMs, text });
    at += text.length;
  }
  return tokens;
}

/** When each character of the answer was said. */
export function saidAt(tokens: readonly Token[]): number[] {
  return tokens.flatMap(({ atMs, text }) => Array.from({ length: text.length }, () => atMs));
}
