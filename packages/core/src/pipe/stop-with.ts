import type { CardStream } from "../card/card-stream.ts";

/** Stops a card when a signal is aborted. For `pipeTo()` of ai-sdk, and langchain's handlers. */
export function stopWith(signal: AbortSignal, card: Pick<CardStream, "stop" | "result">): void {
  const stop = () => void card.stop(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  void card.result.then(() => signal.removeEventListener("abort", stop));
}
