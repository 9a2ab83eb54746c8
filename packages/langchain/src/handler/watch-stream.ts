import { isSourceStream, type OpenStream, openStream } from "@streamcard/core/internal";
import type { HandledRun } from "../runs/handled-run.ts";

/** A stream of a run, or the promise of one. */
export type Watchable<Chunk> =
  | ReadableStream<Chunk>
  | AsyncIterable<Chunk>
  | PromiseLike<ReadableStream<Chunk> | AsyncIterable<Chunk>>;

/**
 * Passes a stream on to a loop. Stops the card and cancels the stream when the loop is left by `break`, `return` or a
 * throw, because LangChain tells nobody of that, and a graph runs on.
 */
export async function* watchStream<Chunk>(
  stream: Watchable<Chunk>,
  run: HandledRun,
): AsyncGenerator<Chunk, void, undefined> {
  let isOver = false;
  let source: OpenStream | undefined;
  let end = () => {};
  const stop = () => {
    source?.cancel(run.stopped.reason);
    end();
  };
  run.stopped.addEventListener("abort", stop, { once: true });
  try {
    // Not awaited if it is a stream: that of `streamEvents()` is a promise of its whole answer as well.
    const opened = openStream(isSourceStream(stream) ? stream : await stream);
    source = opened;
    if (run.stopped.aborted) opened.cancel(run.stopped.reason);
    while (!run.stopped.aborted) {
      // A source that ignores its cancellation must not keep the loop.
      const next = await new Promise<{ done?: boolean | undefined; value?: unknown }>((resolve, reject) => {
        end = () => resolve({ done: true });
        opened.read().then(resolve, reject);
      });
      if (next.done) break;
      yield next.value as Chunk;
    }
    isOver = true;
  } catch (error) {
    isOver = true;
    // Not every failure has a callback: a run that is aborted inside a tool has none.
    if (run.hasStarted) void run.reject(error);
    throw error;
  } finally {
    run.stopped.removeEventListener("abort", stop);
    if (!isOver) {
      if (run.hasStarted) void run.stop();
      source?.cancel(undefined);
    }
  }
}
