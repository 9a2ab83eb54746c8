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

const SUMMARY_LENGTH = 60;

/**
 * The line that a chat list shows of the card: the beginning of the last block of text, in plain words.
 *
 * @returns An empty string where there is no text.
 */
export function composeSummary(state: CardState): string {
  const last = state.texts.findLast(({ log }) => log.length > 0);
  if (last === undefined) return "";
  const plain = last.log
    .head(SUMMARY_LENGTH * 8)
    .replace(/```[^\n]*\n?/g, " ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(?:#{1,6}|>|[-+*]|\d+[.)])\s+/gm, "")
    .replace(/[*_`~|]+/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toWellFormed();
  const characters = [...plain];
  return characters.length > SUMMARY_LENGTH ? `${characters.slice(0, SUMMARY_LENGTH).join("")}…` : plain;
}
