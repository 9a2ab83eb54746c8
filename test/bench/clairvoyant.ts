import type { Token } from "./token-schedule.ts";

export interface Link {
  /** Shortest time between two writes that the platform allows. */
  readonly intervalMs: number;
  /** From a write to its answer; it is applied half-way. */
  readonly roundTripMs: number;
}

/**
 * The least mean lag, in milliseconds, with which characters can be applied after they were said.
 *
 * That of a writer who knows when each token will come and chooses the moments of its writes by that, to the
 * millisecond: one write under way at a time, none sooner than the interval after the one before. It needs no time
 * to open the card, and each write brings all that was said until it leaves.
 */
export function clairvoyantLag(tokens: readonly Token[], { intervalMs, roundTripMs }: Link): number {
  const first = tokens[0]?.atMs ?? 0;
  const gap = Math.max(intervalMs, roundTripMs);
  const length = (tokens.at(-1)?.atMs ?? 0) - first + gap + 1;
  const { said, moments } = sumsOf(tokens, first, length);
  const total = said[length - 1] as number;

  // Waiting, in character-milliseconds, until the write at `to` of what was said after the one at `from`.
  const wait = (from: number, to: number): number => {
    const [saidBefore, momentsBefore] = from < 0 ? [0, 0] : [said[from] as number, moments[from] as number];
    return to * ((said[to] as number) - saidBefore) - ((moments[to] as number) - momentsBefore);
  };
  // The least waiting where the last write leaves at that time, and where everything said is written by then.
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

/** For each millisecond: characters said until then, and the sum of the moments at which they were. */
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
