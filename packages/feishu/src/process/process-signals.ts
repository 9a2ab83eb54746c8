import type { CardStream } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";
import { withinTimeOr } from "@streamcard/core/internal";
import { sharedState } from "./shared-state.ts";

/** Time to finalize open cards, in milliseconds. Hosts kill a process 10 to 30 seconds after asking it to end. */
const MAX_FINALIZE_MS = 5_000;

const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** Finalizes a card when the process is told to end while the card is open. */
export function finalizeOnSignal(card: CardStream): void {
  const shared = sharedState();
  shared.openCards.add(card);
  shared.unlisten ??= listen();
}

/** Lets go of a card that is settled. */
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
  // In front of others, so that a `once` listener of the application is still counted when ours is called.
  for (const signal of signals) process.prependListener(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

async function finalizeAll(signal: NodeJS.Signals): Promise<void> {
  const shared = sharedState();
  const isOnlyListener = globalThis.process.listenerCount(signal) === 1;
  const stopped = [...shared.openCards].map((card) => card.stop());
  await withinTimeOr(systemClock, MAX_FINALIZE_MS, Promise.allSettled(stopped), undefined);
  // An application with a listener of its own decides when it ends. With our listener alone, the process has to be ended here.
  if (!isOnlyListener) return;
  shared.unlisten?.();
  shared.unlisten = undefined;
  globalThis.process.kill(globalThis.process.pid, signal);
}
