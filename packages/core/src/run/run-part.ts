import type { ToolStatus } from "../contract/card-block.ts";
import type { TextLog } from "./text-log.ts";

interface PartPlace {
  /** Index among the parts of its run, in order of first appearance. */
  readonly order: number;
}

/** Text of the answer, or of the model's reasoning. */
export interface TextPart extends PartPlace {
  readonly type: "text" | "reasoning";
  /** Step and id of the run's text block. */
  readonly id: string;
  /** Text so far. */
  readonly log: TextLog;
  /** UTF-8 bytes of the reasoning that is shown; infinite once it was cut. */
  bytes?: number;
  /** The text began with a `text-start`, so that a `text-end` will follow. */
  readonly willEnd: boolean;
  /** Time of the first text, in the clock's milliseconds. */
  readonly startedAt: number;
  /** Time of the end of reasoning, in the clock's milliseconds. */
  endedAt?: number;
  /** No text will be added. */
  isEnded: boolean;
}

/** State of a tool call. Immutable, so that the block made from it can be kept. */
export interface ToolCall {
  readonly type: "tool";
  /** Id of the call. */
  readonly toolCallId: string;
  /** Name of the tool; empty where only the result of the call was seen. */
  readonly toolName: string;
  /** Tool's name for the reader, from the run. */
  readonly title?: string | undefined;
  /** State of the call. */
  readonly status: ToolStatus;
  /** Input of the call. */
  readonly input?: unknown;
  /** Result, or the error of a call that failed. */
  readonly output?: unknown;
  /** Id of the approval that the call asked for. */
  readonly approvalId?: string | undefined;
  /** Time of the first event, in the clock's milliseconds. */
  readonly startedAt: number;
  /** Time of the end, in the clock's milliseconds. */
  readonly endedAt?: number | undefined;
}

/** Image that the run produced. */
export interface FilePart extends PartPlace {
  readonly type: "file";
  /** Media type, as the producer says it. */
  readonly mediaType: string;
  /** Bytes or address of the image. */
  readonly content: { readonly bytes: Uint8Array } | { readonly base64: string } | { readonly url: string };
}

/** Part of a run, at the place of its first appearance. */
export type RunPart = TextPart | FilePart | ToolPart;

/** Place of a tool call among the parts; its state is looked up by its id. */
export interface ToolPart extends PartPlace {
  readonly type: "tool";
  /** Id of the call. */
  readonly toolCallId: string;
}

/** Source of the answer. */
export interface SourceLink {
  /** Title of the page or document. */
  readonly title?: string | undefined;
  /** Address; absent for a document. */
  readonly url?: string | undefined;
}
