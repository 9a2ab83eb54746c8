import type { CardStatus } from "../contract/card-block.ts";
import type { RunPart } from "../run/run-part.ts";
import { partsInOrder, type RunState } from "../run/run-state.ts";
import { isRunning } from "../run/tool-call.ts";
import type { ResolvedBlockOptions } from "./block-options.ts";
import { toolTitle } from "./tool-block.ts";

export interface ComposeOptions extends Pick<ResolvedBlockOptions, "tools" | "actions"> {
  /** The card shows what the model thinks. */
  readonly showsReasoning: boolean;
  /** The card shows tool calls, one by one. */
  readonly showsTools: boolean;
}

/** What is shown of a run's parts, in order. */
export function shownParts(state: RunState, options: ComposeOptions): readonly RunPart[] {
  const parts = partsInOrder(state);
  const { showsReasoning, showsTools, actions } = options;
  if (showsReasoning && showsTools) return parts;
  return parts.filter((part) => {
    if (part.type === "reasoning") return showsReasoning;
    if (part.type !== "tool" || showsTools) return true;
    // What has to be decided is seen, whatever else is not; and what was seen stays.
    return actions.approve === true && state.tools.get(part.toolCallId)?.approvalId !== undefined;
  });
}

/** What the card says about the run while it goes on: nothing where its parts speak for themselves. */
export function composeStatus(state: RunState, options: ComposeOptions): CardStatus | undefined {
  if (state.activity === "writing") return undefined;
  const { showsReasoning, showsTools, tools } = options;
  const running = [...state.tools.values()].findLast(isRunning);
  if (running !== undefined && running.toolName !== "") {
    if (showsTools) return undefined;
    return { phase: "tool", toolName: toolTitle(running, tools ?? {}) };
  }
  const last = state.parts.at(-1);
  const isThinkingAloud = last?.type === "reasoning" && last.endedAt === undefined;
  return isThinkingAloud && showsReasoning ? undefined : { phase: "thinking" };
}
