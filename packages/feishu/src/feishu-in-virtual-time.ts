import type { CardResult, CardStream } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import { type CardSnapshot, createFeishuEmulator, type FeishuEmulatorOptions } from "@streamcard/emulator";
import { createFeishu, type FeishuOptions } from "./create-feishu.ts";

/** A Feishu app and its platform in virtual time, for tests. */
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
    /** Operations on the first card, in order. */
    operations: () => emulator.cards()[0]?.operations.map(({ operation }) => operation) ?? [],
    texts: () => emulator.cards().map(textsOf),
    status: () => statusOf(emulator.cards().at(-1)),
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

export function textsOf(card: CardSnapshot): string[] {
  return card.elements.flatMap(({ tag, elementId, content }) =>
    isAnswer(tag, elementId) && content !== undefined ? [content] : [],
  );
}

export function statusOf(card: CardSnapshot | undefined): string | undefined {
  const at = card?.elements.findIndex(({ elementId }) => elementId === "sc_status") ?? -1;
  return at < 0 ? undefined : card?.elements[at + 1]?.content;
}

/** What belongs to the answer; the ids of everything else begin with `sc_`, where it has one. */
function isAnswer(tag: string, elementId: string | undefined): boolean {
  return tag === "markdown" && elementId?.startsWith("sc_") === false;
}
