import type { TokenUsage } from "../contract/card-event.ts";

/** A part of any stream of the AI SDK. Open on purpose, because even patches of the SDK add kinds of parts. */
export interface PartLike {
  readonly type: string;
}

/** The result of `streamText()`, `streamObject()` or an agent's `stream()`. */
type StreamedRun =
  | { readonly fullStream: AsyncIterable<PartLike> }
  | { readonly stream: AsyncIterable<PartLike> };

/** The result of `generateText()` or an agent's `generate()`, once its promise is kept. */
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

/** The result of a run of the AI SDK, streamed or generated. */
export type RunResult = StreamedRun | GeneratedRun;
