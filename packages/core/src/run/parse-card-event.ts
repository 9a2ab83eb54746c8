import type { CardEvent, TokenUsage } from "../contract/card-event.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Id of the block that plain strings go to. */
const PLAIN_TEXT_ID = "text";

/**
 * Parses one chunk of a stream: a string, a {@link CardEvent}, a part of an AI SDK full stream or a chunk of its UI
 * message stream (majors 5 to 7).
 *
 * @returns The events of the chunk; `undefined` for a kind of chunk that no card draws.
 */
export function parseCardEvents(chunk: unknown): readonly CardEvent[] | undefined {
  if (typeof chunk === "string") return [{ type: "text-delta", id: PLAIN_TEXT_ID, text: chunk }];
  if (typeof chunk !== "object" || chunk === null || !("type" in chunk)) return undefined;
  const part = chunk as Fields;
  switch (part.type) {
    case "text-delta":
    case "reasoning-delta": {
      // `text` in a full stream, `delta` in a UI message stream, `textDelta` in an object stream.
      const text = part.text ?? part.delta ?? part.textDelta;
      if (typeof text !== "string") return undefined;
      return [{ type: part.type, text, ...optional("id", string(part.id)) }];
    }
    case "text-start":
    case "text-end":
    case "reasoning-start":
    case "reasoning-end":
    case "tool-input-end":
      return [{ type: part.type, id: string(part.id) ?? "" }];
    case "start":
    case "start-step":
      return [{ type: part.type }];
    case "finish-step":
      return [
        {
          type: part.type,
          ...optional("finishReason", string(part.finishReason)),
          ...optional("usage", usage(part.usage)),
          ...optional("response", response(part.response)),
        },
      ];
    case "finish":
      return [
        {
          type: part.type,
          ...optional("finishReason", string(part.finishReason)),
          ...optional("totalUsage", usage(part.totalUsage)),
        },
      ];
    case "abort":
      return [{ type: part.type, ...optional("reason", part.reason) }];
    case "error":
      return [{ type: part.type, error: part.error ?? part.errorText }];
    case "file":
      return file(part);
    case "source":
    case "source-url":
    case "source-document":
      return source(part);
    default:
      return toolEvents(part);
  }
}

function toolEvents(part: Fields): readonly CardEvent[] | undefined {
  const toolCallId = string(part.toolCallId) ?? string(part.id);
  if (
    toolCallId === undefined &&
    part.type !== "tool-approval-request" &&
    part.type !== "tool-approval-response"
  ) {
    return undefined;
  }
  const id = toolCallId ?? "";
  const toolName = optional("toolName", string(part.toolName));
  const title = optional("title", string(part.title));
  const input = optional("input", part.input);
  const name = string(part.toolName) ?? "";
  switch (part.type) {
    case "tool-input-start":
      return [{ type: part.type, id, toolName: name, ...title }];
    case "tool-input-delta":
      return [{ type: part.type, id, delta: string(part.delta) ?? string(part.inputTextDelta) ?? "" }];
    case "tool-call":
    case "tool-input-available":
      return [{ type: "tool-call", toolCallId: id, toolName: name, input: part.input, ...title }];
    case "tool-input-error":
      return [
        { type: "tool-call", toolCallId: id, toolName: name, input: part.input, ...title },
        { type: "tool-error", toolCallId: id, ...toolName, error: part.errorText },
      ];
    case "tool-result":
    case "tool-output-available":
      return [
        {
          type: "tool-result",
          toolCallId: id,
          ...toolName,
          ...input,
          output: part.output,
          ...(part.preliminary === true && { preliminary: true }),
        },
      ];
    case "tool-error":
    case "tool-output-error":
      return [
        { type: "tool-error", toolCallId: id, ...toolName, ...input, error: part.error ?? part.errorText },
      ];
    case "tool-output-denied":
      return [{ type: part.type, toolCallId: id, ...toolName }];
    case "tool-approval-request": {
      const call = typeof part.toolCall === "object" ? (part.toolCall as Fields | null) : part;
      const callId = string(call?.toolCallId);
      if (callId === undefined) return undefined;
      const toolCall = {
        toolCallId: callId,
        ...optional("toolName", string(call?.toolName)),
        ...optional("input", call?.input),
      };
      return [{ type: part.type, approvalId: string(part.approvalId) ?? "", toolCall }];
    }
    case "tool-approval-response":
      return [
        { type: part.type, approvalId: string(part.approvalId) ?? "", approved: part.approved === true },
      ];
    default:
      return undefined;
  }
}

function file(part: Fields): readonly CardEvent[] | undefined {
  const content = (typeof part.file === "object" && part.file !== null ? part.file : part) as Fields;
  const mediaType = string(content.mediaType);
  if (mediaType === undefined) return undefined;
  // Only one form is read, because the SDK converts the file when the other one is.
  const bytes = "uint8Array" in content ? content.uint8Array : undefined;
  if (bytes instanceof Uint8Array) return [{ type: "file", file: { mediaType, uint8Array: bytes } }];
  const [base64, url] = [string(content.base64), string(content.url)];
  return [{ type: "file", file: { mediaType, ...optional("base64", base64), ...optional("url", url) } }];
}

function source(part: Fields): readonly CardEvent[] | undefined {
  const id = string(part.id) ?? string(part.sourceId) ?? "";
  const title = string(part.title);
  const url = string(part.url);
  if (url !== undefined) {
    return [{ type: "source", sourceType: "url", id, url, ...optional("title", title) }];
  }
  const mediaType = string(part.mediaType);
  if (mediaType === undefined) return undefined;
  const filename = optional("filename", string(part.filename));
  return [{ type: "source", sourceType: "document", id, mediaType, title: title ?? "", ...filename }];
}

function response(value: unknown): { modelId: string } | undefined {
  const modelId = typeof value === "object" && value !== null ? string((value as Fields).modelId) : undefined;
  return modelId === undefined || modelId === "" ? undefined : { modelId };
}

function usage(value: unknown): TokenUsage | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { inputTokens, outputTokens, totalTokens } = value as Fields;
  return {
    ...optional("inputTokens", number(inputTokens)),
    ...optional("outputTokens", number(outputTokens)),
    ...optional("totalTokens", number(totalTokens)),
  };
}

function string(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [K in Key]?: Value } | Record<never, never> {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
