import type { CardStream } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu, type FeishuCardOptions } from "@streamcard/feishu";
import { feishuInVirtualTime, seenBlocks, seenCard } from "@streamcard/feishu/testing";

/** A Feishu app and its platform in virtual time, and what a reader sees there. */
export function cardDesk() {
  const desk = feishuInVirtualTime();
  return {
    ...desk,
    card: (options: FeishuCardOptions = {}): CardStream => desk.feishu.card({ to: desk.to, ...options }),
  };
}

/** The same in real time, for what lives in it: sockets, and the SDK's own time limits. */
export function realTimeDesk() {
  const emulator = createFeishuEmulator({ clock: systemClock });
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    handleSignals: false,
    logger: { warn: () => {} },
  });
  return {
    emulator,
    feishu,
    to: emulator.chats.group,
    seen: () => emulator.cards().map(seenCard),
    blocks: () => emulator.cards().map(seenBlocks),
  };
}

export type CardDesk = ReturnType<typeof cardDesk>;
