import type { CardState } from "./card-state.ts";
import type { CardStatus } from "./card-view.ts";
import type { RunEnd } from "./run-end.ts";

/** What the card says about the run while it goes on: nothing while the answer speaks for itself. */
export function composeStatus(state: CardState, end: RunEnd | undefined): CardStatus | undefined {
  if (end !== undefined) return { phase: "ended", end, hasText: hasText(state) };
  if (state.activity === "writing") return undefined;
  const running = [...state.tools.values()].findLast(
    ({ status }) => status === "running" || status === "preparing",
  );
  if (running !== undefined && running.toolName !== "") {
    return { phase: "tool", toolName: running.title ?? running.toolName };
  }
  return { phase: "thinking" };
}

function hasText({ texts }: CardState): boolean {
  return texts.some(({ log }) => log.length > 0);
}
