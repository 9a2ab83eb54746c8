import { kindOf } from "../describe-value.ts";
import { InvalidOptionError } from "../errors.ts";
import { fieldsOf } from "../read-fields.ts";

/** A stream of text, bytes, events, parts or a provider's chunks. */
export type SourceStream<Chunk = unknown> = ReadableStream<Chunk> | AsyncIterable<Chunk>;

/** A stream that is being read. */
export interface OpenStream {
  read(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  /** Cancels the stream, and the run behind it if the stream knows how. Does not throw and is not waited for. */
  cancel(reason: unknown): void;
  /**
   * Tells whether the stream closed because its request was aborted: the clients of OpenAI and Anthropic just close
   * it.
   */
  wasAborted(): boolean;
}

/** @throws {InvalidOptionError} when it is no stream. @throws {TypeError} when it is read already. */
export function openStream(stream: SourceStream): OpenStream {
  if (isSourceStream(stream)) {
    return "getReader" in stream ? new OpenWebStream(stream) : new OpenIterable(stream);
  }
  throw new InvalidOptionError(
    `The source of a card must be a ReadableStream or an async iterable, received ${kindOf(stream)}.`,
  );
}

export function isSourceStream(value: unknown): value is SourceStream {
  if (typeof value !== "object" || value === null) return false;
  return ("getReader" in value && typeof value.getReader === "function") || Symbol.asyncIterator in value;
}

class OpenWebStream implements OpenStream {
  readonly #stream: ReadableStream<unknown>;
  readonly #reader: ReadableStreamDefaultReader<unknown>;

  constructor(stream: ReadableStream<unknown>) {
    this.#stream = stream;
    this.#reader = stream.getReader();
  }

  read() {
    return this.#reader.read();
  }

  cancel(reason: unknown): void {
    stop(this.#stream, reason);
    attempt(() => this.#reader.cancel(reason));
  }

  wasAborted(): boolean {
    return wasAborted(this.#stream);
  }
}

class OpenIterable implements OpenStream {
  readonly #stream: AsyncIterable<unknown>;
  readonly #iterator: AsyncIterator<unknown>;

  constructor(stream: AsyncIterable<unknown>) {
    this.#stream = stream;
    this.#iterator = stream[Symbol.asyncIterator]();
  }

  read() {
    return this.#iterator.next();
  }

  cancel(reason: unknown): void {
    stop(this.#stream, reason);
    attempt(() => this.#iterator.return?.());
  }

  wasAborted(): boolean {
    return wasAborted(this.#stream);
  }
}

/**
 * Calls the stream's own methods that end it, because an iterator that waits for its next chunk ignores `return()`, and
 * only its own `cancel()` ends the graph behind a LangGraph stream.
 */
function stop(stream: SourceStream, reason: unknown): void {
  const { controller } = stream as { controller?: unknown };
  if (controller instanceof AbortController) attempt(() => controller.abort(reason));
  for (const name of ["cancel", "destroy"]) {
    const method = fieldsOf(stream)[name];
    if (typeof method === "function")
      attempt(() => method.call(stream, ...(name === "cancel" ? [reason] : [])));
  }
}

function attempt(action: () => unknown): void {
  void (async () => action())().catch(() => {});
}

function wasAborted(stream: SourceStream): boolean {
  const { controller } = stream as { controller?: unknown };
  return controller instanceof AbortController && controller.signal.aborted;
}
