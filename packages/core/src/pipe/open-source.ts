import type { CardStream } from "../card/card-stream.ts";
import { type OpenStream, openStream, type SourceStream } from "../sources/open-stream.ts";
import type { LaneSource, StartRun } from "./card-source.ts";
import { generateTextParts } from "./generate-text-parts.ts";
import { sourceError } from "./source-error.ts";
import { isGeneratedRun, shapeOf, streamOfResult } from "./source-shape.ts";

/**
 * Calls a function source, waits for a promise, and opens the stream of what comes of it.
 *
 * Rejects when the run cannot be started or gives nothing that can be shown. A function is called one microtask later,
 * because a card opens in the microtask after it was made, and so before the run.
 */
export async function openSource(
  source: string | LaneSource,
  card: Pick<CardStream, "signal">,
): Promise<OpenStream> {
  const output = typeof source === "function" ? await start(source, card.signal) : { of: source };
  // Not awaited where it is a stream, too: LangChain's `streamEvents()` is a promise of its whole answer as well.
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
