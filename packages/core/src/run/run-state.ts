import type { CardEvent, TokenUsage } from "../contract/card-event.ts";
import type { CutPart } from "../contract/card-result.ts";
import type { RunEnd } from "../contract/run-end.ts";
import { CUT_MARK, headOfBytes, utf8Length } from "../cut-text.ts";
import { LazyMap } from "../retention/lazy-map.ts";
import { addUsage } from "./add-usage.ts";
import type { FilePart, RunPart, SourceLink, TextPart, ToolCall } from "./run-part.ts";
import { TextLog } from "./text-log.ts";
import { type ToolEvent, toolAfter, toolAtEnd, toolCallIdOf, toolDecided } from "./tool-call.ts";

/** What the run said of its own end; how it ended is decided from this by `classifyRunEnd`. */
export interface RunRecord {
  finishReason?: string | undefined;
  hasFinished: boolean;
  abort?: { readonly reason?: unknown } | undefined;
  error?: { readonly error: unknown } | undefined;
}

/** What is known of a run so far. */
export interface RunState {
  /** Everything the reader may see, in order of first appearance. */
  parts: readonly RunPart[];
  /** The texts of the answer among the parts. */
  texts: readonly TextPart[];
  readonly tools: LazyMap<string, ToolCall>;
  /** How many tool calls are being carried out. */
  running: number;
  /** Keys of the texts that began with a `text-start`. */
  readonly announced: string[];
  /** Reasoning by step and id, while more of it may come. */
  readonly thoughts: LazyMap<string, TextPart>;
  /** What was cut because it was too long to be shown. */
  readonly cuts: CutPart[];
  /** By address, or by title for a document, so that each is named once. */
  readonly sources: LazyMap<string, SourceLink>;
  readonly record: RunRecord;
  usage: TokenUsage | undefined;
  /** As the provider names it. */
  model: string | undefined;
  /** What the run is doing: nothing is known before its first word. */
  activity: "waiting" | "thinking" | "writing";
  step: number;
  /** Whether anything was produced: text, reasoning, a tool call. */
  hasOutput: boolean;
}

export function createRunState(): RunState {
  return {
    parts: [],
    texts: [],
    tools: new LazyMap(),
    running: 0,
    announced: [],
    thoughts: new LazyMap(),
    cuts: [],
    sources: new LazyMap(),
    record: { hasFinished: false },
    usage: undefined,
    model: undefined,
    activity: "waiting",
    step: 0,
    hasOutput: false,
  };
}

/**
 * Takes in one event. Changes the state it is given, so that a token costs its own length;
 * it knows no network, and the same events at the same times always lead to the same state.
 *
 * @param now In the clock's milliseconds.
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

/** Nothing more will be said: what is open ends. */
export function endRun(state: RunState, end: RunEnd, now: number): void {
  endTexts(state);
  endThinking(state, now);
  for (const tool of state.tools.values()) setTool(state, toolAtEnd(tool, end));
}

/** The whole text of the run, its blocks in order. */
export function wholeText(state: RunState): string {
  return state.texts.map(({ log }) => log.toString()).join("");
}

/**
 * The parts that can be shown now, in the order of the run. Where branches speak at once, a text waits for the one
 * before it: on a page, what was placed first stays above, and at a page turn the rest of it would come below.
 */
export function partsInOrder({ parts, texts }: RunState): readonly RunPart[] {
  const open = texts.find(({ willEnd, isEnded }) => willEnd && !isEnded);
  if (open === undefined || open === texts.at(-1)) return parts;
  const from = parts.indexOf(open);
  return parts.filter((part, index) => index <= from || part.type !== "text");
}

/** Blocks are told apart by step and id, because older AI SDK versions use the same ids in every step. */
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
  // Most runs have one: an array that grows by pushing has room for 17 at once.
  state.texts = state.texts.concat(created);
  addPart(state, created);
  return created;
}

function addPart(state: RunState, part: RunPart): void {
  state.parts = state.parts.concat(part);
}

/** What comes behind a tool call or an image stands behind it, unless its text was announced as one. */
function endUnannounced({ texts }: RunState): void {
  for (const text of texts) if (!text.willEnd) text.isEnded = true;
}

function endTexts(state: RunState, id?: string): void {
  for (const text of state.texts) {
    if (id === undefined || text.id === id) text.isEnded = true;
  }
}

/** What is thought in a row is one thought, whatever parts the provider cuts it into. */
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
  addPart(state, thought);
  return thought;
}

/** Reasoning is shown up to this length, in UTF-8 bytes. */
const MOST_REASONING_BYTES = 6 * 1024;

function appendThought(state: RunState, thought: TextPart, text: string): void {
  const bytes = thought.bytes ?? 0;
  if (bytes > MOST_REASONING_BYTES) return;
  const head = headOfBytes(text, MOST_REASONING_BYTES - bytes);
  thought.log.append(head);
  if (head.length === text.length) {
    thought.bytes = bytes + utf8Length(head);
    return;
  }
  thought.log.append(CUT_MARK);
  if (!state.cuts.includes("reasoning")) state.cuts.push("reasoning");
  thought.bytes = Number.POSITIVE_INFINITY;
}

/** Thinking is over, as far as the reader is concerned: something else has begun. */
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
    addPart(state, { type: "tool", order: state.parts.length, toolCallId: toolCallIdOf(event) });
  }
  setTool(state, toolAfter(known, event, now));
}

function setTool(state: RunState, tool: ToolCall): void {
  // What is only being prepared may stay so for ever, without anything running.
  if (state.tools.get(tool.toolCallId)?.status === "running") state.running -= 1;
  if (tool.status === "running") state.running += 1;
  state.tools.set(tool.toolCallId, tool);
  state.activity = "thinking";
  state.hasOutput = true;
}

function takeSource(state: RunState, event: Extract<CardEvent, { type: "source" }>): void {
  const isLink = event.sourceType === "url";
  const url = isLink ? event.url : undefined;
  // Documents without a title go by the name of their file.
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
  addPart(state, { type: "file", order: state.parts.length, mediaType, content });
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
