import type { CardWriteError } from "./card-driver.ts";
import type { CardBlock } from "./card-view.ts";

/** Longest that a finalizing write waits for its turn, when nothing but our own pace is in its way. */
const FINALIZE_SLOT_MS = 100;

const FIRST_PENALTY_MS = 500;
const LONGEST_PENALTY_MS = 8_000;

/** A block beyond this length is written only when it grew by a share of itself, so that bytes stay linear in the text. */
const LARGE_BLOCK = 1024;
const GROWTH_SHARE = 0.04;

/**
 * When the next write to a card may leave: one interval after the answer to the last one, later where the
 * platform asked for it, sooner for the write that finalizes.
 */
export class Pace {
  readonly #intervalMs: number;
  #answeredAt: number | undefined;
  #blockedUntil = 0;
  #penaltyMs = 0;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** Earliest time for the next write, in the clock's milliseconds. */
  earliest(kind: "frame" | "finalize"): number {
    const interval = kind === "finalize" ? Math.min(this.#intervalMs, FINALIZE_SLOT_MS) : this.#intervalMs;
    return Math.max(this.#blockedUntil, this.#answeredAt === undefined ? 0 : this.#answeredAt + interval);
  }

  succeeded(now: number): void {
    this.#answeredAt = now;
    this.#penaltyMs = 0;
  }

  /** After a failure the next write waits: as long as the platform says, else longer each time. */
  failed(now: number, error: CardWriteError): void {
    this.#answeredAt = now;
    this.#penaltyMs = Math.min(Math.max(this.#penaltyMs * 2, FIRST_PENALTY_MS), LONGEST_PENALTY_MS);
    this.#blockedUntil = now + (error.retryAfterMs ?? this.#penaltyMs);
  }
}

/** Leaves large blocks that have grown by too little as they are shown, to be sent when they have grown by more. */
export function deferSmallGrowth(
  shown: readonly CardBlock[] | undefined,
  wanted: readonly CardBlock[],
): readonly CardBlock[] {
  if (shown === undefined) return wanted;
  let isChanged = false;
  const due = wanted.map((block) => {
    if (block.type !== "text" || block.isOpen !== true || block.text.length <= LARGE_BLOCK) return block;
    const known = shown.find(({ id }) => id === block.id);
    if (known?.type !== "text" || known.text.length === block.text.length) return block;
    if (block.text.length - known.text.length >= block.text.length * GROWTH_SHARE) return block;
    isChanged = true;
    return known;
  });
  return isChanged ? due : wanted;
}
