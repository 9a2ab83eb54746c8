/**
 * Event of a run, in the part names and fields of the AI SDK's full stream, because most producers speak them.
 *
 * Further fields are allowed and ignored.
 */
export type CardEvent =
  | { type: "start" }
  | { type: "start-step" }
  | { type: "text-start"; id: string }
  /** `id` groups the deltas of one block; without it they continue the block that is open. */
  | { type: "text-delta"; id?: string; text: string }
  | { type: "text-end"; id: string }
  | { type: "reasoning-start"; id: string }
  | { type: "reasoning-delta"; id?: string; text: string }
  | { type: "reasoning-end"; id: string }
  /** `id` is the tool call's id. */
  | { type: "tool-input-start"; id: string; toolName: string; title?: string }
  | { type: "tool-input-delta"; id: string; delta: string }
  | { type: "tool-input-end"; id: string }
  | { type: "tool-call"; toolCallId: string; toolName: string; input?: unknown; title?: string }
  /** A `preliminary` result is replaced by the next one. */
  | {
      type: "tool-result";
      toolCallId: string;
      toolName?: string;
      input?: unknown;
      output?: unknown;
      preliminary?: boolean;
    }
  | { type: "tool-error"; toolCallId: string; toolName?: string; input?: unknown; error?: unknown }
  | {
      type: "tool-approval-request";
      approvalId: string;
      toolCall: { toolCallId: string; toolName?: string; input?: unknown };
    }
  | { type: "tool-approval-response"; approvalId: string; approved: boolean }
  | { type: "tool-output-denied"; toolCallId: string; toolName?: string }
  | { type: "source"; sourceType: "url"; id: string; url: string; title?: string }
  | {
      type: "source";
      sourceType: "document";
      id: string;
      mediaType: string;
      title: string;
      filename?: string;
    }
  | { type: "file"; file: { mediaType: string; base64?: string; uint8Array?: Uint8Array; url?: string } }
  | {
      type: "finish-step";
      finishReason?: string;
      usage?: TokenUsage;
      response?: { modelId?: string | undefined } | undefined;
    }
  | { type: "finish"; finishReason?: string; totalUsage?: TokenUsage }
  | { type: "abort"; reason?: unknown }
  /** Not the end: text may follow, and the run may still finish. */
  | { type: "error"; error: unknown };

/** Tokens that a run took, as its provider counted them. */
export interface TokenUsage {
  /** Tokens of the model's input, cached ones included. */
  inputTokens?: number | undefined;
  /** Tokens of the model's output. */
  outputTokens?: number | undefined;
  /** Tokens of input and output together. */
  totalTokens?: number | undefined;
}

/** Input of a card: text of the answer, an event, or any part of a stream. */
export type CardInput = string | CardEvent | { readonly type: string };
