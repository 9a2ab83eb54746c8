import type { CardStatus } from "../contract/card-block.ts";
import type { RunPart } from "../run/run-part.ts";
import { partsInOrder, type RunState } from "../run/run-state.ts";
import { isRunning } from "../run/tool-call.ts";
import type { ResolvedBlockOptions } from "./block-options.ts";
import { toolTitle } from "./tool-block.ts";

/** Options that decide which parts are shown. */
export type ShownPartsOptions = Pick<ResolvedBlockOptions, "reasoning" | "tools" | "actions"> & {
  /** The platform draws texts alone. */
  readonly isTextOnly: boolean;
};

/** Selects the parts of a run that are shown, in order. A copy, because a caller's mask or layout may push to the card. */
export function shownParts(state: RunState, options: ShownPartsOptions): readonly RunPart[] {
  const parts = partsInOrder(state);
  const { reasoning, tools, actions, isTextOnly } = options;
  if (!isTextOnly && reasoning !== "hide" && tools !== undefined) return [...parts];
  return parts.filter((part) => {
    if (part.type === "text") return true;
    if (isTextOnly) return false;
    if (part.type === "reasoning") return reasoning !== "hide";
    if (part.type !== "tool" || tools !== undefined) return true;
    // A call that asks for approval is shown even where tools are hidden, and stays afterwards.
    return actions.approve === true && state.tools.get(part.toolCallId)?.approvalId !== undefined;
  });
}

/** Makes the status of a run that goes on; `undefined` where its parts show that already. */
export function composeStatus(state: RunState, options: ShownPartsOptions): CardStatus | undefined {
  if (state.activity === "writing") return undefined;
  const { isTextOnly, reasoning, tools } = options;
  const running = [...state.tools.values()].findLast(isRunning);
  if (running !== undefined && running.toolName !== "") {
    if (!isTextOnly && tools !== undefined) return undefined;
    return { phase: "tool", toolName: toolTitle(running, tools ?? {}) };
  }
  const last = state.parts.at(-1);
  const isThinkingAloud = last?.type === "reasoning" && last.endedAt === undefined;
  return isThinkingAloud && !isTextOnly && reasoning !== "hide" ? undefined : { phase: "thinking" };
}
