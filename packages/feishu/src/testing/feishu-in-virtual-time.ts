import type { CardResult, CardStream } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator, type FeishuEmulatorOptions } from "@streamcard/emulator";
import { createFeishu, type FeishuOptions } from "../create-feishu.ts";
import { seenBlocks, seenCard } from "./seen-card.ts";

/** Makes a Feishu app and its platform in virtual time, for tests. */
export function feishuInVirtualTime(options: FeishuEmulatorOptions = {}, feishuOptions: FeishuOptions = {}) {
  const clock = new ManualClock();
  const emulator = createFeishuEmulator({
    clock,
    latency: () => ({ requestMs: 40, responseMs: 40 }),
    ...options,
  });
  const warnings: string[] = [];
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    clock,
    handleSignals: false,
    logger: { warn: (message) => warnings.push(message) },
    ...feishuOptions,
  });
  const to = emulator.chats.group;
  return {
    clock,
    emulator,
    feishu,
    warnings,
    to,
    /** Lists the operations on the first card, in order. */
    operations: () => emulator.cards()[0]?.operations.map(({ operation }) => operation) ?? [],
    texts: () => emulator.cards().map((card) => seenCard(card).texts),
    status: () => emulator.cards().map(seenCard).at(-1)?.status,
    /** Reads every card as a reader sees it. */
    seen: () => emulator.cards().map(seenCard),
    /** Reads everything on every card but its answer. */
    blocks: () => emulator.cards().map(seenBlocks),
    /** Moves time on until a promise settles, slowly enough for work in real time: hashes and forms of uploads. */
    async until<Value>(promise: PromiseLike<Value>): Promise<Value> {
      let isSettled = false;
      const mark = () => {
        isSettled = true;
      };
      promise.then(mark, mark);
      while (!isSettled) {
        await clock.advance(40);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return promise;
    },
    /** Writes text at a steady pace, then waits for the card. */
    async stream(card: CardStream, text: string, { step = 4, everyMs = 30 } = {}): Promise<CardResult> {
      for (let at = 0; at < text.length; at += step) {
        card.push(text.slice(at, at + step));
        await clock.advance(everyMs);
      }
      return clock.until(card.finish());
    },
  };
}
