import type { CardResult } from "./card-result.ts";
import type { CardStream } from "./card-stream.ts";
import { type CardSource, pipeToCard } from "./pipe-to-card.ts";
import { openRunSource, type RunSource, readRunSource } from "./run-source.ts";

/** What a function source is called with. */
export interface CardRun {
  /** Aborted by the reader's Stop, by a time limit of the card and by the caller's own `signal`. */
  readonly signal: AbortSignal;
}

/** Starts a run, and gives its result, one of its streams, or a promise of these. */
export type StartRun = (run: CardRun) => RunSource | PromiseLike<RunSource>;

/**
 * Checks a source before there is a card for it.
 *
 * @returns what shows it on a card and waits for the card; a function source is called then, once the card opens.
 * @throws {InvalidOptionError} when it is nothing that produces parts.
 * @internal for `toFeishuCard()` of ai-sdk, `message.reply()` of feishu and `pipeToText()`
 */
export function prepareRun(
  source: StartRun | RunSource | CardSource | PromiseLike<RunSource | CardSource>,
): (card: CardStream) => Promise<CardResult> {
  if (isStartRun(source)) return (card) => pipeToCard(start(source, card.signal), card);
  const opened = openRunSource(source);
  return (card) => pipeToCard(opened, card);
}

async function start(source: StartRun, signal: AbortSignal): Promise<CardSource> {
  // A card opens in the microtask after it was made, and so before the run.
  await Promise.resolve();
  signal.throwIfAborted();
  return readRunSource(await source({ signal }));
}

function isStartRun(source: unknown): source is StartRun {
  return typeof source === "function";
}
