import type { ToolStatus } from "../contract/card-block.ts";
import type { TextLog } from "./text-log.ts";

interface PartPlace {
  /** Place among the parts of its run, by first appearance. */
  readonly order: number;
}

/** Text of the answer, or what the model thought before it. */
export interface TextPart extends PartPlace {
  readonly type: "text" | "reasoning";
  readonly id: string;
  readonly log: TextLog;
  /** Of reasoning: how much of it is shown, in UTF-8 bytes. */
  bytes?: number;
  /** Began with a `text-start`, so that its end will be told. */
  readonly willEnd: boolean;
  /** In the clock's milliseconds. */
  readonly startedAt: number;
  endedAt?: number;
  /** Nothing will be added. */
  isEnded: boolean;
}

/** A tool call as it stands. Each change makes a new one, so that what was made of the old one can be kept. */
export interface ToolCall {
  readonly type: "tool";
  readonly toolCallId: string;
  /** Empty where only the result of the call was seen. */
  readonly toolName: string;
  readonly title?: string | undefined;
  readonly status: ToolStatus;
  readonly input?: unknown;
  /** The result, or the error of a call that failed. */
  readonly output?: unknown;
  readonly approvalId?: string | undefined;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
}

/** An image that the run produced. */
export interface FilePart extends PartPlace {
  readonly type: "file";
  readonly mediaType: string;
  readonly content: { readonly bytes: Uint8Array } | { readonly base64: string } | { readonly url: string };
}

/** What a run consists of, each part standing where it first appeared. A tool call is looked up by its id. */
export type RunPart = TextPart | FilePart | ToolPart;

export interface ToolPart extends PartPlace {
  readonly type: "tool";
  readonly toolCallId: string;
}

/** Where the run has its knowledge from. */
export interface SourceLink {
  readonly title?: string | undefined;
  /** Absent for a document. */
  readonly url?: string | undefined;
}
