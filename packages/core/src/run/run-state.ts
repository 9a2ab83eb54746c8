import type { CardEvent, TokenUsage } from "../contract/card-event.ts";
import type { CutPart } from "../contract/card-result.ts";
import type { RunEnd } from "../contract/run-end.ts";
import { CUT_MARK, headOfBytes, utf8Length } from "../cut-text.ts";
import { addUsage } from "./add-usage.ts";
import type { FilePart, RunPart, SourceLink, TextPart, ToolCall } from "./run-part.ts";
import { TextLog } from "./text-log.ts";
import { type ToolEvent, toolAfter, toolAtEnd, toolCallIdOf, toolDecided } from "./tool-call.ts";

/** Parts of the run that are about its end, for `classifyRunEnd()`. */
export interface RunRecord {
  /** Reason in the `finish` part. */
  finishReason?: string | undefined;
  /** A `finish` part came. */
  hasFinished: boolean;
  /** Last `abort` part. */
  abort?: { readonly reason?: unknown } | undefined;
  /** Last `error` part. */
  error?: { readonly error: unknown } | undefined;
}

/** Knowledge of a run so far. */
export interface RunState {
  /** Parts that a reader may see, in order of first appearance. */
  readonly parts: RunPart[];
  /** Texts of the answer among the parts. */
  readonly texts: TextPart[];
  /** Tool calls by their ids, in order of first appearance. */
  readonly tools: Map<string, ToolCall>;
  /** Number of tool calls that run. */
  running: number;
  /** Keys of the texts that began with a `text-start`. */
  readonly announced: string[];
  /** Reasoning by step and id. */
  readonly thoughts: Map<string, TextPart>;
  /** Kinds of parts that were cut. */
  readonly cuts: CutPart[];
  /** Sources by address, or by title for a document, so that each is named once. */
  readonly sources: Map<string, SourceLink>;
  /** Parts about the end of the run. */
  readonly record: RunRecord;
  /** Tokens of the steps so far, or of the whole run. */
  usage: TokenUsage | undefined;
  /** Model's name, from the provider. */
  model: string | undefined;
  /** Activity of the run; `waiting` before its first part. */
  activity: "waiting" | "thinking" | "writing";
  /** Number of steps that have begun. */
  step: number;
  /** The run has produced text, reasoning, a tool call or an image. */
  hasOutput: boolean;
}

/** Makes the state of a run that has not begun. */
export function createRunState(): RunState {
  return {
    parts: [],
    texts: [],
    tools: new Map(),
    running: 0,
    announced: [],
    thoughts: new Map(),
    cuts: [],
    sources: new Map(),
    record: { hasFinished: false },
    usage: undefined,
    model: undefined,
    activity: "waiting",
    step: 0,
    hasOutput: false,
  };
}

/**
 * Applies one event to a state. Changes the state in place, so that a token costs its own length.
 *
 * The same events at the same times always lead to the same state.
 *
 * @param now Time of the event, in the clock's milliseconds.
 */
export function reduce(state: RunState, event: CardEvent, now: number): void {
  switch (event.type) {
    case "text-delta":
      if (event.text === "") return;
      endThinking(state, now);
      textPart(state, event.id, now).log.append(event.text);
      state.activity = "writing";
      state.hasOutput = true;
      return;
    case "text-start":
      endTexts(state, textKey(state, event.id));
      state.announced.push(textKey(state, event.id));
      return;
    case "text-end":
      endTexts(state, textKey(state, event.id));
      return;
    case "reasoning-start":
      state.activity = "thinking";
      state.hasOutput = true;
      return;
    case "reasoning-delta":
      state.activity = "thinking";
      state.hasOutput = true;
      if (event.text !== "") think(state, event, now);
      return;
    case "start-step":
      state.step += 1;
      endTexts(state);
      endThinking(state, now);
      state.activity = "thinking";
      return;
    case "tool-input-start":
    case "tool-call":
    case "tool-result":
    case "tool-error":
    case "tool-output-denied":
    case "tool-approval-request":
      takeTool(state, event, now);
      return;
    case "tool-approval-response":
      for (const tool of state.tools.values()) {
        if (tool.approvalId === event.approvalId) setTool(state, toolDecided(tool, event.approved, now));
      }
      return;
    case "source":
      takeSource(state, event);
      return;
    case "file":
      takeFile(state, event, now);
      return;
    case "finish-step":
      state.activity = "thinking";
      state.model = event.response?.modelId ?? state.model;
      state.usage = addUsage(state.usage, event.usage);
      return;
    case "finish":
      state.record.hasFinished = true;
      state.record.finishReason = event.finishReason;
      state.usage = event.totalUsage ?? state.usage;
      return;
    case "abort":
      state.record.abort = { reason: event.reason };
      return;
    case "error":
      state.record.error = { error: event.error };
      return;
    default:
      return;
  }
}

/** Ends all open texts, reasoning and tool calls of a run. */
export function endRun(state: RunState, end: RunEnd, now: number): void {
  endTexts(state);
  endThinking(state, now);
  for (const tool of state.tools.values()) setTool(state, toolAtEnd(tool, end));
}

/** Joins the texts of a run, in order. */
export function wholeText(state: RunState): string {
  return state.texts.map(({ log }) => log.toString()).join("");
}

/**
 * Selects the parts that can be shown now, in the order of the run. Where branches of a run write at the same time, a
 * later text waits for the end of an earlier one, because the rest of the earlier one would otherwise stand below the
 * later one after a page turn.
 */
export function partsInOrder({ parts, texts }: RunState): readonly RunPart[] {
  const open = texts.find(({ willEnd, isEnded }) => willEnd && !isEnded);
  if (open === undefined || open === texts.at(-1)) return parts;
  const from = parts.indexOf(open);
  return parts.filter((part, index) => index <= from || part.type !== "text");
}

/** Makes the key of a text from its step and id, because older AI SDK versions use the same ids in every step. */
function textKey(state: RunState, id: string | undefined): string {
  return `${state.step}:${id ?? ""}`;
}

function textPart(state: RunState, id: string | undefined, now: number): TextPart {
  const last = state.texts.at(-1);
  if (id === undefined && last !== undefined && !last.isEnded) return last;
  const key = textKey(state, id);
  const open = state.texts.findLast((text) => text.id === key && !text.isEnded);
  if (open !== undefined) return open;
  const created: TextPart = {
    type: "text",
    id: key,
    order: state.parts.length,
    log: new TextLog(),
    willEnd: state.announced.includes(key),
    startedAt: now,
    isEnded: false,
  };
  state.texts.push(created);
  state.parts.push(created);
  return created;
}

/**
 * Ends the texts that did not begin with a `text-start`, because text that comes after a tool call or an image stands
 * after it.
 */
function endUnannounced({ texts }: RunState): void {
  for (const text of texts) if (!text.willEnd) text.isEnded = true;
}

function endTexts(state: RunState, id?: string): void {
  for (const text of state.texts) {
    if (id === undefined || text.id === id) text.isEnded = true;
  }
}

/** Adds to the reasoning. Parts that follow each other form one block, wherever the provider cut them. */
function think(state: RunState, { id, text }: { id?: string; text: string }, now: number): void {
  const key = textKey(state, id);
  const known = state.thoughts.get(key);
  if (known !== undefined && !known.isEnded) {
    appendThought(state, known, text);
    return;
  }
  const last = state.parts.at(-1);
  const isContinued = last?.type === "reasoning" && !last.isEnded;
  const thought = isContinued ? last : addThought(state, key, now);
  state.thoughts.set(key, thought);
  appendThought(state, thought, isContinued ? `\n\n${text}` : text);
}

function addThought(state: RunState, id: string, startedAt: number): TextPart {
  const thought: TextPart = {
    type: "reasoning",
    id,
    order: state.parts.length,
    log: new TextLog(),
    willEnd: false,
    startedAt,
    isEnded: false,
  };
  state.parts.push(thought);
  return thought;
}

/** Longest reasoning that is shown. */
const MAX_REASONING_BYTES = 6 * 1024;

function appendThought(state: RunState, thought: TextPart, text: string): void {
  const bytes = thought.bytes ?? 0;
  if (bytes > MAX_REASONING_BYTES) return;
  const head = headOfBytes(text, MAX_REASONING_BYTES - bytes);
  thought.log.append(head);
  if (head.length === text.length) {
    thought.bytes = bytes + utf8Length(head);
    return;
  }
  thought.log.append(CUT_MARK);
  if (!state.cuts.includes("reasoning")) state.cuts.push("reasoning");
  thought.bytes = Number.POSITIVE_INFINITY;
}

/** Ends the reasoning, because another part has begun. */
function endThinking(state: RunState, now: number): void {
  const last = state.parts.at(-1);
  if (last?.type !== "reasoning") return;
  last.endedAt ??= now;
  last.isEnded = true;
}

function takeTool(state: RunState, event: ToolEvent, now: number): void {
  const known = state.tools.get(toolCallIdOf(event));
  if (known === undefined) {
    endThinking(state, now);
    endUnannounced(state);
    state.parts.push({ type: "tool", order: state.parts.length, toolCallId: toolCallIdOf(event) });
  }
  setTool(state, toolAfter(known, event, now));
}

function setTool(state: RunState, tool: ToolCall): void {
  // A call in preparation does not count, because it may stay in preparation without anything running.
  if (state.tools.get(tool.toolCallId)?.status === "running") state.running -= 1;
  if (tool.status === "running") state.running += 1;
  state.tools.set(tool.toolCallId, tool);
  state.activity = "thinking";
  state.hasOutput = true;
}

function takeSource(state: RunState, event: Extract<CardEvent, { type: "source" }>): void {
  const isLink = event.sourceType === "url";
  const url = isLink ? event.url : undefined;
  // A document without a title is named by its file, else by its id.
  const title = isLink ? event.title : [event.title, event.filename, event.id].find((name) => name?.trim());
  const key = url ?? title ?? "";
  if (key.trim() === "") return;
  state.sources.set(key, { ...state.sources.get(key), url, ...(title !== undefined && { title }) });
}

function takeFile(state: RunState, { file }: Extract<CardEvent, { type: "file" }>, now: number): void {
  const { mediaType } = file;
  if (!mediaType.startsWith("image/")) return;
  const content = contentOf(file);
  if (content === undefined) return;
  endThinking(state, now);
  endUnannounced(state);
  state.parts.push({ type: "file", order: state.parts.length, mediaType, content });
  state.hasOutput = true;
}

function contentOf({
  uint8Array,
  base64,
  url,
}: Extract<CardEvent, { type: "file" }>["file"]): FilePart["content"] | undefined {
  if (uint8Array !== undefined) return { bytes: uint8Array };
  if (base64 !== undefined) return { base64 };
  return url === undefined ? undefined : { url };
}
