import { type CardStream, type Clock, systemClock } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import {
  type CardSnapshot,
  createFeishuEmulator,
  type FeishuEmulator,
  type FeishuEmulatorOptions,
} from "@streamcard/emulator";
import { createFeishu, type FeishuCardOptions } from "@streamcard/feishu";

/** A Feishu app and its platform in virtual time, and what a reader sees there. */
export function cardDesk() {
  const clock = new ManualClock();
  const desk = deskOn(clock, () => ({ requestMs: 40, responseMs: 40 }));
  return {
    ...desk,
    clock,
    card: (options: FeishuCardOptions = {}): CardStream => desk.feishu.card({ to: desk.to, ...options }),
    seen: () => seenCards(desk.emulator),
  };
}

/** The same in real time, for what lives in it: sockets, and the SDK's own time limits. */
export function realTimeDesk() {
  const desk = deskOn(systemClock);
  return { ...desk, seen: () => seenCards(desk.emulator) };
}

function deskOn(clock: Clock, latency?: FeishuEmulatorOptions["latency"]) {
  const emulator = createFeishuEmulator({ clock, ...(latency && { latency }) });
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    clock,
    handleSignals: false,
    logger: { warn: () => {} },
  });
  return { emulator, feishu, to: emulator.chats.group };
}

export type CardDesk = ReturnType<typeof cardDesk>;

export interface SeenCard {
  /** Its blocks of text. */
  readonly texts: readonly string[];
  readonly status: string | undefined;
  readonly streaming: boolean;
  readonly finalizations: number;
}

/** Every card, as a reader sees it when all is done. */
function seenCards(emulator: FeishuEmulator): SeenCard[] {
  return emulator.cards().map(seenCard);
}

function seenCard({ elements, streaming, finalizations }: CardSnapshot): SeenCard {
  const status = elements.findIndex(({ elementId }) => elementId === "sc_status");
  return {
    texts: elements.flatMap(({ tag, elementId, content }) =>
      isAnswer(tag, elementId) && content !== undefined ? [content] : [],
    ),
    status: status < 0 ? undefined : elements[status + 1]?.content,
    streaming,
    finalizations,
  };
}

/** What belongs to the answer; the ids of everything else begin with `sc_`, where it has one. */
function isAnswer(tag: string, elementId: string | undefined): boolean {
  return tag === "markdown" && elementId?.startsWith("sc_") === false;
}
