import { type CardSource, pipeToCard } from "@streamcard/core";
import type { ManualClock } from "@streamcard/core/testing";
import type { FeishuCardOptions } from "@streamcard/feishu";
import { feishuInVirtualTime } from "@streamcard/feishu/testing";
import { FeishuCardHandler, type FeishuCardHandlerOptions } from "../feishu/feishu-card-handler.ts";

/** A Feishu app and its platform in virtual time, and what a reader sees there. */
export function cardDesk() {
  const desk = feishuInVirtualTime();
  const { clock, feishu, to, warnings } = desk;
  const logger = { warn: (message: string) => void warnings.push(message) };
  return {
    ...desk,
    handler: (options: FeishuCardHandlerOptions = {}) =>
      new FeishuCardHandler({ feishu, to, logger, ...options }),
    /** Moves time on until a promise settles, and lets the frameworks take all the turns they need in between. */
    until: <Value>(promise: PromiseLike<Value>) => until(clock, promise),
    /** Shows a stream on a card of its own. */
    piped: (source: unknown, options: FeishuCardOptions = {}) =>
      until(clock, pipeToCard(source as CardSource, feishu.card({ to, ...options }))),
    /** Moves time on until a promise settles, slowly enough for uploads. */
    untilDrawn: desk.until,
    /** Moves time on. */
    pass: (milliseconds: number) => pass(clock, milliseconds),
  };
}

export type CardDesk = ReturnType<typeof cardDesk>;

const STEP_MS = 10;
const MAX_WAIT_MS = 3_600_000;

export async function until<Value>(clock: ManualClock, promise: PromiseLike<Value>): Promise<Value> {
  let isSettled = false;
  const mark = () => {
    isSettled = true;
  };
  promise.then(mark, mark);
  for (let passedMs = 0; !isSettled; passedMs += STEP_MS) {
    if (passedMs > MAX_WAIT_MS) throw new Error("The promise did not settle within an hour.");
    await turns();
    if (!isSettled) await clock.advance(STEP_MS);
  }
  return promise;
}

async function pass(clock: ManualClock, milliseconds: number): Promise<void> {
  for (let passedMs = 0; passedMs < milliseconds; passedMs += STEP_MS) {
    await turns();
    await clock.advance(STEP_MS);
  }
}

/** LangGraph passes some work on through timers of no time. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
