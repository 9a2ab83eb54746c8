import type { Token } from "./token-schedule.ts";

export interface Link {
  /** Shortest time between two writes that the platform allows, in milliseconds. */
  readonly intervalMs: number;
  /** Time from a write to its answer, in milliseconds. The write is applied after half of it. */
  readonly roundTripMs: number;
}

/**
 * Computes the least mean lag of a character, from its token until it is applied, in milliseconds.
 *
 * It is the lag of a writer that knows the tokens in advance and chooses the moments of its writes to the millisecond:
 * one write in flight, at least the interval apart. Opening the card takes no time, and each write brings all text.
 */
export function clairvoyantLag(tokens: readonly Token[], { intervalMs, roundTripMs }: Link): number {
  const first = tokens[0]?.atMs ?? 0;
  const gap = Math.max(intervalMs, roundTripMs);
  const length = (tokens.at(-1)?.atMs ?? 0) - first + gap + 1;
  const { said, moments } = sumsOf(tokens, first, length);
  const total = said[length - 1] as number;

  // Waiting, in character-milliseconds, of the text that was said after the write at `from`, until the write at `to`.
  const wait = (from: number, to: number): number => {
    const [saidBefore, momentsBefore] = from < 0 ? [0, 0] : [said[from] as number, moments[from] as number];
    return to * ((said[to] as number) - saidBefore) - ((moments[to] as number) - momentsBefore);
  };
  // By millisecond: the least waiting if the last write leaves then, and if all text so far is written by then.
  const withWriteAt = new Float64Array(length);
  const doneBy = new Float64Array(length);
  for (let at = 0; at < length; at += 1) {
    let least = at < gap ? wait(-1, at) : (doneBy[at - gap] as number) + wait(at - gap, at);
    // Two writes farther apart than this have room for another between them, unless nothing is said there.
    for (let last = Math.max(0, at - 2 * gap); last <= at - gap; last += 1) {
      least = Math.min(least, (withWriteAt[last] as number) + wait(last, at));
    }
    withWriteAt[at] = least;
    const isSilent = at > 0 && said[at] === said[at - 1];
    doneBy[at] = isSilent ? Math.min(least, doneBy[at - 1] as number) : least;
  }
  return (doneBy[length - 1] as number) / total + roundTripMs / 2;
}

/** Sums up by millisecond: characters said so far, and the moments at which they were said. */
function sumsOf(tokens: readonly Token[], first: number, length: number) {
  const said = new Float64Array(length);
  const moments = new Float64Array(length);
  for (const { atMs, text } of tokens) {
    const at = atMs - first;
    said[at] = (said[at] as number) + text.length;
    moments[at] = (moments[at] as number) + at * text.length;
  }
  for (let at = 1; at < length; at += 1) {
    said[at] = (said[at] as number) + (said[at - 1] as number);
    moments[at] = (moments[at] as number) + (moments[at - 1] as number);
  }
  return { said, moments };
}
