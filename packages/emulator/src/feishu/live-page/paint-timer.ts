import type { Clock } from "../../ground/clock.ts";
import type { Painted } from "../../page-protocol/page-event.ts";
import { type CardEntity, isStreaming } from "../cards/card-entity.ts";
import { nextPaintAt, paintedLength } from "../cards/typewriter.ts";

/** Receives the changes that the passing of time makes to cards. */
export interface PaintListener {
  /** Tells whether a page shows the card. Only then does its painting need a timer. */
  isWatched(entity: CardEntity): boolean;
  /** Receives the texts of which more is painted now. */
  onPaint(paints: readonly Paint[]): void;
  /** Receives a card whose streaming mode has timed out. */
  onClose(entity: CardEntity): void;
}

export interface Paint {
  readonly entity: CardEntity;
  readonly painted: Painted;
}

/** Follows cards in streaming mode with a single timer. The timer is set only while a paint or a timeout lies ahead. */
export interface PaintTimer {
  /** Follows a card from now on, or updates it after a change. @param painted lengths that pages have already. */
  follow(entity: CardEntity, painted: Painted): void;
  stop(): void;
}

// The time of one picture on a screen of 60 Hz.
const FRAME_MS = 16;
// The longest delay that a timer of Node.js can have.
const MAX_DELAY_MS = 2 ** 31 - 1;

export function createPaintTimer(clock: Clock, listener: PaintListener): PaintTimer {
  // Painted lengths by element id, of the texts of each card that pages do not have in full.
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
