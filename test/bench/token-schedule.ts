import { randomFrom } from "../simulation/scenario/answer-text.ts";

/** Piece of text, and the time at which the model says it. */
export interface Token {
  readonly atMs: number;
  readonly text: string;
}

export interface Pace {
  readonly tokensPerSecond: number;
  /** Time of the first token, in milliseconds, within which the card can open. */
  readonly firstAtMs: number;
}

/**
 * Patterns of a token: one and two Chinese characters in turn, 1.5 on average as models write Chinese, or up to four
 * ASCII characters. Line ends stay together.
 */
const TOKENS = [/\n+|[ -~]{1,4}|[^\n]/y, /\n+|[ -~]{1,4}|[^\n -~]{1,2}/y] as const;

/**
 * Divides an answer into tokens, as a model at a steady pace says it.
 *
 * Each token comes at a random moment of its own slot, because in lock step with a writer's interval luck would decide
 * which tokens just catch a write.
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

/** Lists the time of each character of the answer. */
export function saidAt(tokens: readonly Token[]): number[] {
  return tokens.flatMap(({ atMs, text }) => Array.from({ length: text.length }, () => atMs));
}
