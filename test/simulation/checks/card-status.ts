import { wordsOf } from "@streamcard/core/driver";
import type { CardSnapshot } from "@streamcard/emulator";

/** The line in which a card says how its run goes. */
export function statusOf({ elements }: CardSnapshot): string | undefined {
  const at = elements.findIndex(({ elementId }) => elementId === "sc_status");
  return at < 0 ? undefined : (elements[at]?.content ?? elements[at + 1]?.content);
}

const continued = wordsOf("zh-CN").status({ phase: "continued" });

/** Whether a card says that it goes on on the next one. */
export function isContinued(card: CardSnapshot): boolean {
  return statusOf(card)?.includes(continued) === true;
}

/** What a card says while its run goes on. */
const going = ["思考中", "正在使用"];

/** Whether a card does not say how its run has ended, or where it goes on. */
export function isGoing(card: CardSnapshot | undefined): boolean {
  const status = card && statusOf(card);
  return !status || going.some((word) => status.startsWith(word));
}
