import { ManualClock } from "@streamcard/core/testing";
import { type CardSnapshot, createFeishuEmulator, type FeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";
import { FeishuCardHandler } from "../feishu-card-handler.ts";
import type { FeishuCardHandlerOptions } from "../handler-options.ts";

/** A Feishu app and its platform in virtual time, and what a reader sees there. */
export function cardDesk() {
  const clock = new ManualClock();
  const emulator = createFeishuEmulator({ clock, latency: () => ({ requestMs: 40, responseMs: 40 }) });
  const warnings: string[] = [];
  const logger = { warn: (message: string) => void warnings.push(message) };
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    clock,
    handleSignals: false,
    logger,
  });
  const to = emulator.chats.group;
  return {
    clock,
    emulator,
    feishu,
    to,
    warnings,
    handler: (options: FeishuCardHandlerOptions = {}) =>
      new FeishuCardHandler({ feishu, to, logger, ...options }),
    seen: () => seenCards(emulator),
    /** Moves time on until a promise settles, and lets the frameworks take all the turns they need in between. */
    until: <Value>(promise: PromiseLike<Value>) => until(clock, promise),
    /** Moves time on. */
    pass: (milliseconds: number) => pass(clock, milliseconds),
  };
}

export type CardDesk = ReturnType<typeof cardDesk>;

export interface SeenCard {
  /** Its blocks of text. */
  readonly texts: readonly string[];
  readonly status: string | undefined;
  readonly streaming: boolean;
  readonly finalizations: number;
}

function seenCards(emulator: FeishuEmulator): SeenCard[] {
  return emulator.cards().map(seenCard);
}

function seenCard({ elements, streaming, finalizations }: CardSnapshot): SeenCard {
  const status = elements.findIndex(({ elementId }) => elementId === "sc_status");
  const texts = elements.flatMap(({ tag, elementId, content }) =>
    isAnswer(tag, elementId) && content !== undefined ? [content] : [],
  );
  return { texts, status: status < 0 ? undefined : elements[status + 1]?.content, streaming, finalizations };
}

const STEP_MS = 10;
const LONGEST_MS = 3_600_000;

async function until<Value>(clock: ManualClock, promise: PromiseLike<Value>): Promise<Value> {
  let isSettled = false;
  const mark = () => {
    isSettled = true;
  };
  promise.then(mark, mark);
  for (let passedMs = 0; !isSettled; passedMs += STEP_MS) {
    if (passedMs > LONGEST_MS) throw new Error("The promise did not settle within an hour.");
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

/** What belongs to the answer; the ids of everything else begin with `sc_`, where it has one. */
function isAnswer(tag: string, elementId: string | undefined): boolean {
  return tag === "markdown" && elementId?.startsWith("sc_") === false;
}
