import type { CardStatus } from "../contract/card-block.ts";
import type { RunPart } from "../run/run-part.ts";
import { partsInOrder, type RunState } from "../run/run-state.ts";
import { isRunning } from "../run/tool-call.ts";
import type { ResolvedBlockOptions } from "./block-options.ts";
import { toolTitle } from "./tool-block.ts";

/** Options that decide which parts are shown. */
export interface ShownPartsOptions extends Pick<ResolvedBlockOptions, "tools" | "actions"> {
  /** The card shows what the model thinks. */
  readonly showsReasoning: boolean;
  /** The card shows tool calls, one by one. */
  readonly showsTools: boolean;
}

/** Selects the parts of a run that are shown, in order. A copy, because a caller's mask or layout may push to the card. */
export function shownParts(state: RunState, options: ShownPartsOptions): readonly RunPart[] {
  const parts = partsInOrder(state);
  const { showsReasoning, showsTools, actions } = options;
  if (showsReasoning && showsTools) return [...parts];
  return parts.filter((part) => {
    if (part.type === "reasoning") return showsReasoning;
    if (part.type !== "tool" || showsTools) return true;
    // A call that asks for approval is shown even where tools are hidden, and stays afterwards.
    return actions.approve === true && state.tools.get(part.toolCallId)?.approvalId !== undefined;
  });
}

/** Makes the status of a run that goes on; `undefined` where its parts show that already. */
export function composeStatus(state: RunState, options: ShownPartsOptions): CardStatus | undefined {
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
