import type { CardStream } from "../card/card-stream.ts";
import { type OpenStream, openStream, type SourceStream } from "../sources/open-stream.ts";
import type { LaneSource, StartRun } from "./card-source.ts";
import { generateTextParts } from "./generate-text-parts.ts";
import { sourceError } from "./source-error.ts";
import { isGeneratedRun, shapeOf, streamOfResult } from "./source-shape.ts";

/**
 * Opens the stream of a source: calls a function and waits for a promise first.
 *
 * Rejects when the run cannot be started or its output cannot be shown. Calls a function one microtask later, because a
 * card opens in the microtask after it was made, and so before the run.
 */
export async function openSource(
  source: string | LaneSource,
  card: Pick<CardStream, "signal">,
): Promise<OpenStream> {
  const output = typeof source === "function" ? await start(source, card.signal) : { of: source };
  // A stream is not awaited, because that of LangChain's `streamEvents()` is also a promise of its whole answer.
  const isPromise = shapeOf(output.of) === "promise";
  return openStream(streamOf(isPromise ? await output.of : output.of));
}

/** @returns The output in an object, so that no `await` takes a stream for a promise. */
async function start(startRun: StartRun, signal: AbortSignal): Promise<{ readonly of: unknown }> {
  await Promise.resolve();
  signal.throwIfAborted();
  return { of: startRun({ signal }) };
}

/** @throws {InvalidOptionError} when the output of a run is nothing that can be shown. */
function streamOf(output: unknown): SourceStream {
  switch (shapeOf(output)) {
    case "text":
      return textStream(String(output));
    case "stream":
      return output as SourceStream;
    case "result": {
      const result = output as object;
      const stream = streamOfResult(result);
      if (stream !== undefined) return stream;
      if (isGeneratedRun(result)) return generateTextParts(result);
    }
  }
  throw sourceError(output);
}

async function* textStream(text: string): AsyncGenerator<string> {
  yield text;
}
