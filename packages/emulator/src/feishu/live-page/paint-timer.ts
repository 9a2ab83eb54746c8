import type { Clock } from "../../ground/clock.ts";
import type { Painted } from "../../page-protocol/page-event.ts";
import { type CardEntity, isStreaming } from "../cards/card-entity.ts";
import { nextPaintAt, paintedLength } from "../cards/typewriter.ts";

/** What time alone does to cards. */
export interface PaintListener {
  /** Whether somebody looks at the card, so that its painting is worth a timer. */
  isWatched(entity: CardEntity): boolean;
  /** More of some texts is on the screen now. */
  onPaint(paints: readonly Paint[]): void;
  /** Streaming mode has ended itself. */
  onClose(entity: CardEntity): void;
}

export interface Paint {
  readonly entity: CardEntity;
  readonly painted: Painted;
}

/** Follows cards in streaming mode with a single timer, which is set only while one of them has something to wait for. */
export interface PaintTimer {
  /** Follows a card from now on, or looks at it again after a change. `painted` is what is known of it already. */
  follow(entity: CardEntity, painted: Painted): void;
  stop(): void;
}

// A screen shows no more pictures than this.
const FRAME_MS = 16;
// What a timer of the system can wait at most.
const MAX_DELAY_MS = 2 ** 31 - 1;

export function createPaintTimer(clock: Clock, listener: PaintListener): PaintTimer {
  // The texts of each card that are not known to be painted as a whole, and how much of them is.
  const followed = new Map<CardEntity, Map<string, number>>();
  let timer: unknown;
  let lastFrameAt = Number.NEGATIVE_INFINITY;

  const dueAt = (entity: CardEntity, known: ReadonlyMap<string, number>, now: number): number => {
    const due = [entity.streaming.closesAt ?? Number.POSITIVE_INFINITY];
    for (const [elementId, length] of listener.isWatched(entity) ? known : []) {
      const typing = entity.typing.get(elementId);
      if (typing === undefined) continue;
      due.push(paintedLength(typing, now) === length ? (nextPaintAt(typing, now) ?? now) : now);
    }
    return Math.min(...due);
  };

  const schedule = (): void => {
    clock.clearTimeout(timer);
    const now = clock.now();
    const due = Math.min(...Array.from(followed, ([entity, known]) => dueAt(entity, known, now)));
    const delayMs = Math.min(Math.max(due, lastFrameAt + FRAME_MS) - now, MAX_DELAY_MS);
    timer = Number.isFinite(due) ? clock.setTimeout(frame, delayMs) : undefined;
  };

  const frame = (): void => {
    const now = clock.now();
    const paints: Paint[] = [];
    for (const [entity, known] of followed) {
      if (!isStreaming(entity, now)) {
        followed.delete(entity);
        listener.onClose(entity);
      } else if (listener.isWatched(entity)) {
        const painted = paintMore(entity, known, now);
        if (painted !== undefined) paints.push({ entity, painted });
      }
    }
    if (paints.length > 0) {
      lastFrameAt = now;
      listener.onPaint(paints);
    }
    schedule();
  };

  return {
    follow: (entity, painted) => {
      if (isStreaming(entity, clock.now())) followed.set(entity, new Map(Object.entries(painted)));
      else followed.delete(entity);
      schedule();
    },
    stop: () => {
      clock.clearTimeout(timer);
      followed.clear();
    },
  };
}

function paintMore(entity: CardEntity, known: Map<string, number>, now: number): Painted | undefined {
  const painted: Painted = {};
  for (const [elementId, length] of known) {
    const typing = entity.typing.get(elementId);
    const paintedNow = typing === undefined ? length : paintedLength(typing, now);
    if (paintedNow !== length) {
      known.set(elementId, paintedNow);
      painted[elementId] = paintedNow;
    }
    if (paintedNow === typing?.text.length) known.delete(elementId);
  }
  return Object.keys(painted).length === 0 ? undefined : painted;
}
