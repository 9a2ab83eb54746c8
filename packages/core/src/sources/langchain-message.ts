import { type Fields, fieldsOf, isFields, jsonOf, listOf, textOf } from "../read-fields.ts";
import { usageOf } from "../run/add-usage.ts";
import { finishReasonOf } from "./finish-reason.ts";
import type { MessageEvents } from "./message-events.ts";
import type { MessageEnd } from "./run-steps.ts";

/** A LangChain message of any version and form. */
export interface LangChainMessage {
  readonly role: "ai" | "tool" | "other";
  /** A piece of a message that is being streamed. */
  readonly isChunk: boolean;
  readonly id: string | undefined;
  readonly fields: Fields;
}

/** Message types by the names that they have in memory and on a wire. */
const roles: Readonly<Record<string, LangChainMessage["role"]>> = {
  ai: "ai",
  AIMessage: "ai",
  AIMessageChunk: "ai",
  tool: "tool",
  ToolMessage: "tool",
  ToolMessageChunk: "tool",
};

const others = new Set(["human", "system", "developer", "function", "remove", "generic", "chat"]);

/** Reads a value as a message: an instance, its serialized form, or the plain object that LangGraph puts on a wire. */
export function langChainMessageOf(value: unknown): LangChainMessage | undefined {
  if (!isFields(value)) return undefined;
  if (value.lc === 1 && value.type === "constructor" && Array.isArray(value.id)) {
    const name = String(value.id.at(-1));
    return name.includes("Message") ? message(name, fieldsOf(value.kwargs)) : undefined;
  }
  // `type` is a getter of newer versions alone.
  const getType = value.getType ?? value._getType;
  if (typeof getType === "function") return message(String(getType.call(value)), value);
  const isPlain =
    typeof value.type === "string" && "content" in value && (value.type in roles || others.has(value.type));
  return isPlain ? message(String(value.type), value) : undefined;
}

/** Finds the messages in a state, in an update of one, or in a node's output. */
export function messagesIn(value: unknown): LangChainMessage[] {
  const single = langChainMessageOf(value);
  if (single !== undefined) return [single];
  const values = Array.isArray(value) ? value : isFields(value) ? Object.values(value) : [];
  return values
    .flatMap((item): unknown[] => (Array.isArray(item) ? item : [item]))
    .flatMap((item) => langChainMessageOf(item) ?? []);
}

/** Tells the content of a message: of a chunk what it adds, of a whole message all of it. */
export function tellMessage({ fields, isChunk }: LangChainMessage, events: MessageEvents): void {
  const { content } = fields;
  const parts = listOf(content).map(fieldsOf);
  // Providers that have reasoning in the content repeat it in this field, in another form.
  if (!parts.some(({ type }) => type === "reasoning" || type === "thinking")) {
    events.reasoning(textOf(fieldsOf(fields.additional_kwargs).reasoning_content));
  }
  if (typeof content === "string") events.text(content);
  for (const part of parts) {
    if (part.type === "text") events.text(textOf(part.text));
    else if (part.type === "reasoning") events.reasoning(textOf(part.reasoning));
    else if (part.type === "thinking") events.reasoning(textOf(part.thinking));
    else events.image(part);
    for (const citation of [...listOf(part.annotations), ...listOf(part.citations)]) events.cite(citation);
  }
  if (isChunk) tellCallChunks(fields, events);
  else tellCalls(fields, events);
}

/** Tells the calls of a message that is complete. */
export function tellCalls({ tool_calls }: Fields, events: MessageEvents): void {
  const { hasCalls } = events;
  for (const [at, call] of listOf(tool_calls).map(fieldsOf).entries()) {
    const [id, name] = [textOf(call.id), textOf(call.name)];
    // A call without an id may be one that was streamed already.
    if (name === undefined || (id === undefined && hasCalls)) continue;
    events.toolCall(id, name, call.args, id ?? `call ${at}`);
  }
}

/** Reads the end of a message from the message itself, or from one of its last chunks. */
export function messageEndOf({ fields }: LangChainMessage): MessageEnd {
  const { finish_reason, stop_reason, stopReason, finishReason } = fieldsOf(fields.response_metadata);
  return {
    finishReason: finishReasonOf(finish_reason ?? stop_reason ?? stopReason ?? finishReason),
    usage: usageOf(fields.usage_metadata),
    model: modelOf(fieldsOf(fields.response_metadata)),
  };
}

/**
 * Reads the name of the model. A name that is repeated is shortened, because LangChain joins the names of all chunks.
 */
export function modelOf({ model_name, model }: Fields): string | undefined {
  return (textOf(model_name) ?? textOf(model))?.replace(/^(.{4,}?)\1+$/, "$1");
}

/**
 * Reads a tool's output from its message: the text, with a `[kind]` for each other part; the value if the text is
 * JSON.
 */
export function toolOutputOf({ content }: Fields): unknown {
  if (typeof content === "string") return jsonOf(content);
  const parts = listOf(content).map(fieldsOf);
  if (parts.length === 0 || parts.some(({ type }) => typeof type !== "string")) return content;
  return parts.map(({ type, text }) => textOf(text) ?? `[${type}]`).join("\n");
}

function message(type: string, fields: Fields): LangChainMessage {
  return {
    role: roles[type] ?? "other",
    isChunk: Array.isArray(fields.tool_call_chunks),
    id: textOf(fields.id),
    fields,
  };
}

function tellCallChunks({ tool_call_chunks }: Fields, events: MessageEvents): void {
  for (const call of listOf(tool_call_chunks).map(fieldsOf)) {
    const id = textOf(call.id);
    const key = String(call.index ?? id ?? 0);
    events.toolInput(key, { id, name: textOf(call.name), delta: textOf(call.args) });
  }
}
