import type { ToolStatus } from "../contract/card-block.ts";
import type { CardEvent } from "../contract/card-event.ts";
import type { RunEnd } from "../contract/run-end.ts";
import type { ToolCall } from "./run-part.ts";

/** Event about a tool call. */
export type ToolEvent = Extract<
  CardEvent,
  {
    type:
      | "tool-input-start"
      | "tool-call"
      | "tool-result"
      | "tool-error"
      | "tool-output-denied"
      | "tool-approval-request";
  }
>;

/** Finds the id of the tool call that an event is about. */
export function toolCallIdOf(event: ToolEvent): string {
  if (event.type === "tool-input-start") return event.id;
  return event.type === "tool-approval-request" ? event.toolCall.toolCallId : event.toolCallId;
}

/**
 * Applies an event to a tool call.
 *
 * @param known State before the event. None for the first one, which can be a result, because a run that is resumed
 * begins with the results of calls that this card never saw.
 */
export function toolAfter(known: ToolCall | undefined, event: ToolEvent, now: number): ToolCall {
  const before: ToolCall = known ?? {
    type: "tool",
    toolCallId: toolCallIdOf(event),
    toolName: "",
    status: "preparing",
    startedAt: now,
  };
  switch (event.type) {
    case "tool-input-start":
      return { ...before, ...named(before, event), status: "preparing" };
    case "tool-call":
      return { ...before, ...named(before, event), status: "running", input: event.input };
    case "tool-result": {
      const status = event.preliminary === true ? before.status : "done";
      return { ...settled(before, event, { status, now }), output: event.output };
    }
    case "tool-error":
      return { ...settled(before, event, { status: "failed", now }), output: event.error };
    case "tool-output-denied":
      return settled(before, event, { status: "denied", now });
    case "tool-approval-request":
      return { ...settled(before, event.toolCall, { status: "waiting", now }), approvalId: event.approvalId };
  }
}

/** Applies the decision on an approval to a tool call: the call runs, or is denied. */
export function toolDecided(tool: ToolCall, isApproved: boolean, now: number): ToolCall {
  return isApproved
    ? { ...tool, status: "running", endedAt: undefined }
    : { ...tool, status: "denied", endedAt: now };
}

/** Applies the end of the run to a tool call. A call that is open by then will not end on this card. */
export function toolAtEnd(tool: ToolCall, { status, reason }: RunEnd): ToolCall {
  if (tool.status === "running" && reason === "waiting") return { ...tool, status: "pending" };
  const isOpen = isRunning(tool) || (tool.status === "waiting" && status !== "finished");
  return isOpen ? { ...tool, status: "unfinished" } : tool;
}

/** Tells calls that run or are in preparation. */
export function isRunning({ status }: Pick<ToolCall, "status">): boolean {
  return status === "running" || status === "preparing";
}

/** Tells calls that will not change any more, as far as this card knows. */
export function isOver(tool: Pick<ToolCall, "status">): boolean {
  return !isRunning(tool) && tool.status !== "waiting";
}

function settled(
  tool: ToolCall,
  event: { readonly toolName?: string; readonly input?: unknown },
  { status, now }: { status: ToolStatus; now: number },
): ToolCall {
  const toolName = tool.toolName === "" ? (event.toolName ?? "") : tool.toolName;
  const input = tool.input ?? event.input;
  return { ...tool, toolName, status, input, ...(isOver({ status }) && { endedAt: now }) };
}

function named(known: ToolCall, { toolName, title }: { toolName: string; title?: string }) {
  return { toolName: toolName === "" ? known.toolName : toolName, title: title ?? known.title };
}
