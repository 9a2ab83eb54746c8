import type { TokenUsage } from "../contract/card-event.ts";
import { describeValue } from "../describe-value.ts";
import { InvalidOptionError } from "../errors.ts";
import type { CardSource } from "../sources/open-source.ts";
import { generateTextParts } from "./generate-text-parts.ts";

/** A part of any of the AI SDK's streams. Open on purpose: even patches of the SDK add kinds of parts. */
export interface PartLike {
  readonly type: string;
}

/** What `streamText()`, `streamObject()` and an agent's `stream()` return. */
export type StreamedRun =
  | { readonly fullStream: AsyncIterable<PartLike> }
  | { readonly stream: AsyncIterable<PartLike> };

/** What `generateText()` and an agent's `generate()` resolve to. */
export interface GeneratedRun {
  readonly text: string;
  readonly finishReason: string;
  readonly totalUsage?: TokenUsage | undefined;
  readonly steps: readonly {
    readonly content: readonly PartLike[];
    readonly finishReason: string;
    readonly usage?: TokenUsage | undefined;
    readonly response?: { readonly modelId?: string | undefined } | undefined;
  }[];
}

/** Everything of the AI SDK that can be shown on a card: the result of a run, or one of its streams. */
export type RunSource = StreamedRun | GeneratedRun | CardSource<PartLike> | CardSource<string>;

/**
 * Opens a source now, or once the promise of it is kept.
 *
 * @throws {InvalidOptionError} when it is nothing that produces parts.
 */
export function openRunSource(source: unknown): CardSource | Promise<CardSource> {
  // Some streams are promises of their whole answer as well, such as the one of LangChain's `streamEvents()`.
  if (isStream(source) || !isPromiseLike(source)) return readRunSource(source);
  const opened = Promise.resolve(source).then(readRunSource);
  // The card reads it; where no card comes of it, nobody does.
  opened.catch(() => {});
  return opened;
}

/**
 * What a source says, part by part. Of a result it reads one getter, once: each access splits the stream anew.
 *
 * @throws {InvalidOptionError} when it is nothing that produces parts.
 */
export function readRunSource(source: unknown): CardSource {
  if (isStream(source)) return source;
  if (typeof source === "object" && source !== null) {
    // Version 7 has both names, and takes the older one away some day.
    const stream =
      "fullStream" in source ? source.fullStream : "stream" in source ? source.stream : undefined;
    if (isStream(stream)) return stream;
    if (isGeneratedRun(source)) return generateTextParts(source);
  }
  throw new InvalidOptionError(
    "A card shows the result of streamText(), generateText() or an agent's stream(), a stream of parts or text, " +
      `or what a function makes of these; received ${describeValue(source)}.`,
  );
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function isStream(value: unknown): value is CardSource {
  if (typeof value !== "object" || value === null) return false;
  return ("getReader" in value && typeof value.getReader === "function") || Symbol.asyncIterator in value;
}

function isGeneratedRun(value: object): value is GeneratedRun {
  return "finishReason" in value && "steps" in value && Array.isArray(value.steps);
}
