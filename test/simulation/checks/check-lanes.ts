import type { ShowPlan } from "../scenario/block-plan.ts";
import { reachOf, shownText } from "./check-exact.ts";
import type { Delivered } from "./delivered.ts";
import { laneCards, thoughtCards } from "./lane-cards.ts";

/** Checks that each of the runs that share a card has its text in its own lane, or else in a message (P1). */
export function checkLanes({ result, said, cards, texts, gone, hasUnknown }: Delivered): string[] {
  // Plain text has no lanes, and a card that is gone or a lost answer cannot be judged by lane.
  if (result.finalizedBy === "plain" || gone.size > 0 || hasUnknown) return [];
  const message = texts.join("");
  return said.flatMap(({ lane, texts }) => {
    const name = lane === undefined ? "the card's own text" : `lane ${lane}`;
    const own = laneCards(cards, lane);
    const source = texts.join("");
    const { ends, trouble } = reachOf(own, texts, result.delivery === "card" ? "nothing" : "the rest");
    // Blank text is shown when the card is finalized, not before.
    const isPieces = result.delivery !== "card" && isPart(own.map(shownText).join(""), source);
    if (trouble !== undefined) return isPieces ? [] : [`P1: ${name}: ${trouble}`];
    const isWhole = ends.some(({ at }) => at === source.length);
    if (isWhole || result.delivery === "none" || result.delivery === "partial") return [];
    if (result.delivery === "message" && ends.some(({ at }) => isPart(source.slice(at), message))) return [];
    return [`P1: ${name} is missing at the end: ${JSON.stringify(source.slice(ends[0]?.at).slice(0, 80))}`];
  });
}

/** Checks that a text is in another in pieces, in order: a message may hold the texts of several runs. */
function isPart(part: string, whole: string): boolean {
  let at = 0;
  // Unit by unit: a piece may end inside of an emoji.
  for (const unit of part.replace(/<(?=\/?at\b)/gi, "<\u200b").split("")) {
    at = whole.indexOf(unit, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Checks that reasoning is shown word for word, up to its cut (P1). */
export function checkThoughts(
  { said, result, cards, gone }: Delivered,
  reasoning: ShowPlan["reasoning"] = "fold",
): string[] {
  if (reasoning === "hide") return [];
  const isDrawn = result.finalizedBy === "changes" || result.finalizedBy === "replace";
  if (result.delivery !== "card" || !isDrawn || gone.size > 0) return [];
  return said.flatMap(({ lane, thoughts }) => {
    if (thoughts === undefined) return [];
    const { ends, trouble } = reachOf(thoughtCards(laneCards(cards, lane)), thoughts, "nothing");
    if (trouble !== undefined) return [`P1: what was thought: ${trouble}`];
    const source = thoughts.join("");
    return ends.some(({ at }) => at === source.length)
      ? []
      : [
          `P1: missing at the end of what was thought: ${JSON.stringify(source.slice(ends[0]?.at).slice(0, 80))}`,
        ];
  });
}
