import type { CardStream } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";
import { withinTimeOr } from "@streamcard/core/internal";
import { sharedState } from "./shared-state.ts";

/** The platform of most deployments kills a process 10 to 30 seconds after asking it to end. */
const FINALIZE_MS = 5_000;

const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** Finalizes a card when the process is told to end while the card is open. */
export function finalizeOnSignal(card: CardStream): void {
  const shared = sharedState();
  shared.openCards.add(card);
  shared.unlisten ??= listen();
}

/** The card is settled. */
export function forgetOnSignal(card: CardStream): void {
  const shared = sharedState();
  shared.openCards.delete(card);
  if (shared.openCards.size > 0) return;
  shared.unlisten?.();
  shared.unlisten = undefined;
}

function listen(): () => void {
  const { process } = globalThis;
  if (typeof process?.once !== "function") return () => {};
  const onSignal = (signal: NodeJS.Signals) => void finalizeAll(signal);
  // In front: a listener that the application added for one signal is counted while it is still there.
  for (const signal of signals) process.prependListener(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

async function finalizeAll(signal: NodeJS.Signals): Promise<void> {
  const shared = sharedState();
  const isOnlyListener = globalThis.process.listenerCount(signal) === 1;
  const stopped = [...shared.openCards].map((card) => card.stop());
  await withinTimeOr(systemClock, FINALIZE_MS, Promise.allSettled(stopped), undefined);
  // With a listener of its own the application decides when it ends; with ours alone nobody else would end it.
  if (!isOnlyListener) return;
  shared.unlisten?.();
  shared.unlisten = undefined;
  globalThis.process.kill(globalThis.process.pid, signal);
}
