import type { CardResult } from "@streamcard/ai-sdk";

/** Writes one line about the end of a run. */
export function resultLine({ status, reason, delivery, text, metrics, cards }: CardResult): string {
  const { firstTokenMs, firstTextMs, calls, bytes } = metrics;
  const delay =
    firstTokenMs === undefined || firstTextMs === undefined
      ? "–"
      : `${Math.round(firstTextMs - firstTokenMs)} ms`;
  return [
    `status ${status}${reason === undefined ? "" : ` (${reason})`}`,
    `delivery ${delivery}`,
    `${[...text].length} characters`,
    `${cards.length} ${cards.length === 1 ? "card" : "cards"}`,
    `${calls} calls`,
    `${(bytes / 1024).toFixed(1)} KB sent`,
    `first text on the card ${delay} after the first token`,
  ].join(" · ");
}

/** Tells whether the reader has the whole answer on finalized cards. */
export function isWhole({ status, delivery }: CardResult): boolean {
  return status === "finished" && delivery === "card";
}
