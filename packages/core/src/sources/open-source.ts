import { InvalidOptionError } from "../errors.ts";
import { kindOf } from "../trouble-report.ts";
import { fieldsOf } from "./read-fields.ts";

/** Anything that produces a run: a web stream or an async iterable, of text, bytes, events, parts or chunks. */
export type CardSource<Chunk = unknown> = ReadableStream<Chunk> | AsyncIterable<Chunk>;

export interface OpenSource {
  read(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  /** Ends the source, and what it comes from where the source knows how. Does not throw and is not waited for. */
  cancel(reason: unknown): void;
  /** Whether the source closed because its request was aborted: the clients of OpenAI and Anthropic do not say it. */
  wasAborted(): boolean;
}

/** Opens a source now, or once the promise of it is kept. @throws {InvalidOptionError} when it is none. */
export async function openSource(source: CardSource | PromiseLike<CardSource>): Promise<OpenSource> {
  // Some streams are promises of their whole answer as well, such as the one of LangChain's `streamEvents()`.
  return read(isSource(source) ? source : await source);
}

function read(source: CardSource): OpenSource {
  const wasAborted = () => signalOf(source)?.aborted === true;
  if (isSource(source)) {
    if ("getReader" in source) {
      const reader = source.getReader();
      const cancel = (reason: unknown) => {
        stop(source, reason);
        attempt(() => reader.cancel(reason));
      };
      return { read: () => reader.read(), cancel, wasAborted };
    }
    const iterator = source[Symbol.asyncIterator]();
    const cancel = (reason: unknown) => {
      stop(source, reason);
      attempt(() => iterator.return?.());
    };
    return { read: () => iterator.next(), cancel, wasAborted };
  }
  throw new InvalidOptionError(
    `The source of a card must be a ReadableStream or an async iterable, received ${kindOf(source)}.`,
  );
}

function isSource(value: unknown): value is CardSource {
  if (typeof value !== "object" || value === null) return false;
  return ("getReader" in value && typeof value.getReader === "function") || Symbol.asyncIterator in value;
}

/**
 * By the source's own methods. An iterator that waits for its next chunk takes no notice of `return()`, and of a
 * LangGraph stream only this `cancel()` ends the graph.
 */
function stop(source: CardSource, reason: unknown): void {
  const { controller } = source as { controller?: unknown };
  if (controller instanceof AbortController) attempt(() => controller.abort(reason));
  for (const name of ["cancel", "destroy"]) {
    const method = fieldsOf(source)[name];
    if (typeof method === "function")
      attempt(() => method.call(source, ...(name === "cancel" ? [reason] : [])));
  }
}

function attempt(action: () => unknown): void {
  void (async () => action())().catch(() => {});
}

function signalOf(source: CardSource): AbortSignal | undefined {
  const { controller } = source as { controller?: unknown };
  return controller instanceof AbortController ? controller.signal : undefined;
}
