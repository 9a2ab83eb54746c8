import type { CardInput } from "./card-event.ts";
import type { CardResult } from "./card-result.ts";
import type { CardStream } from "./card-stream.ts";
import { InvalidOptionError } from "./errors.ts";
import { kindOf } from "./trouble-report.ts";

/** Anything that produces a run: a web stream or an async iterable, of text, events or parts. */
export type CardSource<Chunk = unknown> = ReadableStream<Chunk> | AsyncIterable<Chunk>;

/**
 * Writes a stream to a card, to its end, and waits for the card.
 *
 * A source that fails does not make this reject: the card says so, and so does the result.
 * When the card is stopped, the source is cancelled.
 *
 * @throws {TypeError} when something else is being piped into the card.
 * @example
 * const result = await pipeToCard(tokens, feishu.card({ to: "oc_…" }));
 */
export async function pipeToCard(
  source: CardSource | PromiseLike<CardSource>,
  card: CardStream,
): Promise<CardResult> {
  const writer = card.getWriter();
  const { stopped } = card;
  // Not awaited: a source that ignores its cancellation must not keep the card, which is finalized by then.
  drain(source, card, stopped)
    .then(
      () => writer.close(),
      (error) => writer.abort(error),
    )
    // A card that has ended before takes no end.
    .catch(() => {});
  return card.result;
}

async function drain(
  source: CardSource | PromiseLike<CardSource>,
  card: CardStream,
  signal: AbortSignal,
): Promise<void> {
  const { read, cancel } = openSource(await source);
  const onStop = () => {
    cancel(signal.reason).catch(() => {});
  };
  if (signal.aborted) onStop();
  else signal.addEventListener("abort", onStop, { once: true });
  try {
    for (let next = await read(); !next.done && !signal.aborted; next = await read()) {
      card.push(next.value as CardInput);
    }
  } finally {
    signal.removeEventListener("abort", onStop);
  }
}

interface OpenSource {
  read(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  cancel(reason: unknown): Promise<unknown>;
}

function openSource(source: CardSource): OpenSource {
  if (typeof source === "object" && source !== null) {
    if ("getReader" in source) {
      const reader = source.getReader();
      return { read: () => reader.read(), cancel: (reason) => reader.cancel(reason) };
    }
    if (Symbol.asyncIterator in source) {
      const iterator = source[Symbol.asyncIterator]();
      return { read: () => iterator.next(), cancel: async () => iterator.return?.() };
    }
  }
  throw new InvalidOptionError(
    `The source of a card must be a ReadableStream or an async iterable, received ${kindOf(source)}.`,
  );
}
