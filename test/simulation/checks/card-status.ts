import { wordsOf } from "@streamcard/core/driver";
import type { CardSnapshot } from "@streamcard/emulator";

/** Reads a card's status line. */
export function statusOf({ elements }: CardSnapshot): string | undefined {
  const at = elements.findIndex(({ elementId }) => elementId === "sc_status");
  return at < 0 ? undefined : (elements[at]?.content ?? elements[at + 1]?.content);
}

const continued = wordsOf("zh-CN").status({ phase: "continued" });

/** Checks for the words that send the reader to the next card. */
export function isContinued(card: CardSnapshot): boolean {
  return statusOf(card)?.includes(continued) === true;
}

/** First words of the status while a run goes on. */
const going = ["思考中", "正在使用"];

/** Checks that a card says neither how its run ended nor that another card follows. */
export function isGoing(card: CardSnapshot | undefined): boolean {
  const status = card && statusOf(card);
  return !status || going.some((word) => status.startsWith(word));
}
