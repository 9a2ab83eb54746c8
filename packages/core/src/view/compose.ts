import type { CardStatus } from "../contract/card-block.ts";
import type { RunPart } from "../run/run-part.ts";
import { partsInOrder, type RunState } from "../run/run-state.ts";
import { isRunning } from "../run/tool-call.ts";
import type { ResolvedBlockOptions } from "./block-options.ts";
import { toolTitle } from "./tool-block.ts";

export type ComposeOptions = Pick<ResolvedBlockOptions, "reasoning" | "tools" | "actions"> & {
  /** Texts alone can be drawn. */
  readonly isTextOnly: boolean;
};

/** What is shown of a run's parts, in order. */
export function shownParts(state: RunState, options: ComposeOptions): readonly RunPart[] {
  const parts = partsInOrder(state);
  const { reasoning, tools, actions, isTextOnly } = options;
  if (!isTextOnly && reasoning !== "hide" && tools !== undefined) return parts;
  return parts.filter((part) => {
    if (part.type === "text") return true;
    if (isTextOnly) return false;
    if (part.type === "reasoning") return reasoning !== "hide";
    if (part.type !== "tool" || tools !== undefined) return true;
    // What has to be decided is seen, whatever else is not; and what was seen stays.
    return actions.approve === true && state.tools.get(part.toolCallId)?.approvalId !== undefined;
  });
}

/** What the card says about the run while it goes on: nothing where its parts speak for themselves. */
export function composeStatus(state: RunState, options: ComposeOptions): CardStatus | undefined {
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
