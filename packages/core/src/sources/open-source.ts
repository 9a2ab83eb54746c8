import { kindOf } from "../describe-value.ts";
import { InvalidOptionError } from "../errors.ts";
import { fieldsOf } from "../read-fields.ts";

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
  if (isSource(source)) {
    return "getReader" in source ? new OpenStream(source) : new OpenIterable(source);
  }
  throw new InvalidOptionError(
    `The source of a card must be a ReadableStream or an async iterable, received ${kindOf(source)}.`,
  );
}

class OpenStream implements OpenSource {
  readonly #source: ReadableStream<unknown>;
  readonly #reader: ReadableStreamDefaultReader<unknown>;

  constructor(source: ReadableStream<unknown>) {
    this.#source = source;
    this.#reader = source.getReader();
  }

  read() {
    return this.#reader.read();
  }

  cancel(reason: unknown): void {
    stop(this.#source, reason);
    attempt(() => this.#reader.cancel(reason));
  }

  wasAborted(): boolean {
    return wasAborted(this.#source);
  }
}

class OpenIterable implements OpenSource {
  readonly #source: AsyncIterable<unknown>;
  readonly #iterator: AsyncIterator<unknown>;

  constructor(source: AsyncIterable<unknown>) {
    this.#source = source;
    this.#iterator = source[Symbol.asyncIterator]();
  }

  read() {
    return this.#iterator.next();
  }

  cancel(reason: unknown): void {
    stop(this.#source, reason);
    attempt(() => this.#iterator.return?.());
  }

  wasAborted(): boolean {
    return wasAborted(this.#source);
  }
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

function wasAborted(source: CardSource): boolean {
  const { controller } = source as { controller?: unknown };
  return controller instanceof AbortController && controller.signal.aborted;
}
