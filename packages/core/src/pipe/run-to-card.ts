import type { CardStream } from "../card/card-stream.ts";
import type { CardResult } from "../contract/card-result.ts";
import type { CardSource } from "../sources/open-source.ts";
import { checkLanesOptions, type LaneSource, type LanesOptions, pipeLanes } from "./pipe-lanes.ts";
import { pipeToCard } from "./pipe-to-card.ts";
import { isPromiseLike, openRunSource, type RunSource, readRunSource } from "./run-source.ts";

/** What a function source is called with. */
export interface CardRun {
  /** Aborted by the reader's Stop, by a time limit of the card and by the caller's own `signal`. */
  readonly signal: AbortSignal;
}

/** Starts a run, and gives its result, one of its streams, or a promise of these. */
export type StartRun = (run: CardRun) => RunSource | PromiseLike<RunSource>;

/** A run, running or to be started. */
export type AnyRun = StartRun | RunSource | PromiseLike<RunSource>;

/** The same, and streams of any other kind. */
export type AnySource = AnyRun | CardSource | PromiseLike<RunSource | CardSource>;

/** Several runs that share a card, by their names. */
export type RunLanes = Readonly<Record<string, AnyRun>>;

/**
 * Checks a source before there is a card for it.
 *
 * @param lanes How several runs share the card.
 * @returns what shows it on a card and waits for the card; a function source is called then, once the card opens.
 * @throws {InvalidOptionError} when it is nothing that produces parts.
 * @internal for `toFeishuCard()` of ai-sdk, `message.reply()` of feishu and `pipeToText()`
 */
export function prepareRun(
  source: AnySource | RunLanes,
  lanes?: LanesOptions,
): (card: CardStream) => Promise<CardResult> {
  checkLanesOptions(lanes);
  if (!isRunLanes(source)) {
    const open = prepareSource(source);
    return (card) => pipeToCard(open(card), card);
  }
  const sources = Object.entries(source).map(([name, run]) => [name, prepareSource(run)] as const);
  return (card) => pipeLanes(Object.fromEntries(sources), card, lanes);
}

function prepareSource(source: AnySource): LaneSource {
  if (isStartRun(source)) return (card) => start(source, card.signal);
  const opened = openRunSource(source);
  return () => opened;
}

/** A plain object whose fields are runs, and that is none itself. */
function isRunLanes(source: AnySource | RunLanes): source is RunLanes {
  if (typeof source !== "object" || source === null || isPromiseLike(source)) return false;
  if (Object.getPrototypeOf(source) !== Object.prototype) return false;
  // Asked before anything is read: each access to a result's stream splits it anew.
  if (["fullStream", "stream", "steps", "getReader"].some((name) => name in source)) return false;
  if (Symbol.asyncIterator in source) return false;
  const runs: unknown[] = Object.values(source);
  return runs.length > 0 && runs.every(isRunLike);
}

function isRunLike(run: unknown): boolean {
  return typeof run === "function" || (typeof run === "object" && run !== null);
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
