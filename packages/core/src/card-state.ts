import type { CardEvent, TokenUsage } from "./card-event.ts";
import { TextLog } from "./text-log.ts";

export interface TextRun {
  readonly id: string;
  readonly log: TextLog;
  /** Began with a `text-start`, so that its end will be told. */
  readonly willEnd: boolean;
  /** Nothing will be added. */
  isEnded: boolean;
}

type ToolStatus = "preparing" | "running" | "waiting" | "done" | "failed" | "denied";

export interface ToolRun {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly title?: string | undefined;
  readonly status: ToolStatus;
}

/** What the run said of its own end; how it ended is decided from this by `classifyRunEnd`. */
export interface RunRecord {
  finishReason?: string | undefined;
  hasFinished: boolean;
  abort?: { readonly reason?: unknown } | undefined;
  error?: { readonly error: unknown } | undefined;
  /** The run spoke in parts, not in text alone. */
  hasParts: boolean;
}

/** What is known of a run so far. */
export interface CardState {
  /** In order of first appearance. */
  readonly texts: TextRun[];
  readonly tools: Map<string, ToolRun>;
  /** Ids of the tool calls that are being carried out. */
  readonly running: Set<string>;
  /** Keys of the texts that began with a `text-start`. */
  readonly announced: Set<string>;
  readonly record: RunRecord;
  usage: TokenUsage | undefined;
  /** What the run is doing: nothing is known before its first word. */
  activity: "waiting" | "thinking" | "writing";
  step: number;
  /** Whether anything was produced: text, reasoning, a tool call. */
  hasOutput: boolean;
}

export function createCardState(): CardState {
  return {
    texts: [],
    tools: new Map(),
    running: new Set(),
    announced: new Set(),
    record: { hasFinished: false, hasParts: false },
    usage: undefined,
    activity: "waiting",
    step: 0,
    hasOutput: false,
  };
}

/**
 * Takes in one event. Changes the state it is given, so that a token costs its own length;
 * it knows neither time nor network, and the same events always lead to the same state.
 */
export function reduce(state: CardState, event: CardEvent): void {
  if (event.type !== "text-delta" || event.id !== "text") state.record.hasParts = true;
  switch (event.type) {
    case "text-delta":
      if (event.text === "") return;
      textRun(state, event.id).log.append(event.text);
      state.activity = "writing";
      state.hasOutput = true;
      return;
    case "text-start":
      endTexts(state, textKey(state, event.id));
      state.announced.add(textKey(state, event.id));
      return;
    case "text-end":
      endTexts(state, textKey(state, event.id));
      return;
    case "reasoning-start":
    case "reasoning-delta":
      state.activity = "thinking";
      state.hasOutput = true;
      return;
    case "start-step":
      state.step += 1;
      endTexts(state);
      state.activity = "thinking";
      return;
    case "tool-input-start":
      setTool(state, {
        toolCallId: event.id,
        toolName: event.toolName,
        title: event.title,
        status: "preparing",
      });
      return;
    case "tool-call":
      setTool(state, { ...event, title: event.title, status: "running" });
      return;
    case "tool-result":
      if (event.preliminary !== true) settleTool(state, event.toolCallId, "done");
      return;
    case "tool-error":
      settleTool(state, event.toolCallId, "failed");
      return;
    case "tool-output-denied":
      settleTool(state, event.toolCallId, "denied");
      return;
    case "tool-approval-request":
      settleTool(state, event.toolCall.toolCallId, "waiting");
      return;
    case "finish-step":
      state.activity = "thinking";
      return;
    case "finish":
      state.record.hasFinished = true;
      state.record.finishReason = event.finishReason;
      state.usage = event.totalUsage;
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

/** The whole text of the run, its blocks in order. */
export function wholeText(state: CardState): string {
  return state.texts.map(({ log }) => log.toString()).join("");
}

/**
 * The texts that can be shown now, in the order of the run. Where branches speak at once, a text waits for the one
 * before it: on a page, what was placed first stays above, and at a page turn the rest of it would come below.
 */
export function textsInOrder({ texts }: CardState): readonly TextRun[] {
  const open = texts.findIndex(({ willEnd, isEnded }) => willEnd && !isEnded);
  return open < 0 ? texts : texts.slice(0, open + 1);
}

/** Blocks are told apart by step and id, because older AI SDK versions use the same ids in every step. */
function textKey(state: CardState, id: string | undefined): string {
  return `${state.step}:${id ?? ""}`;
}

function textRun(state: CardState, id: string | undefined): TextRun {
  const last = state.texts.at(-1);
  if (id === undefined && last !== undefined && !last.isEnded) return last;
  const key = textKey(state, id);
  const open = state.texts.findLast((text) => text.id === key && !text.isEnded);
  if (open !== undefined) return open;
  const created: TextRun = {
    id: key,
    log: new TextLog(),
    willEnd: state.announced.has(key),
    isEnded: false,
  };
  state.texts.push(created);
  return created;
}

function endTexts(state: CardState, id?: string): void {
  for (const text of state.texts) {
    if (id === undefined || text.id === id) text.isEnded = true;
  }
}

function setTool(state: CardState, tool: ToolRun): void {
  const { toolCallId, toolName, title, status } = tool;
  const known = state.tools.get(toolCallId);
  state.tools.set(toolCallId, { toolCallId, toolName, title: title ?? known?.title, status });
  if (status === "running") state.running.add(toolCallId);
  state.activity = "thinking";
  state.hasOutput = true;
}

function settleTool(state: CardState, toolCallId: string, status: ToolStatus): void {
  const known = state.tools.get(toolCallId);
  // A run that is resumed after an approval begins with the result of a call that this card never saw.
  state.tools.set(toolCallId, { toolCallId, toolName: "", ...known, status });
  state.running.delete(toolCallId);
}
