import type { RequestRecord } from "@streamcard/emulator";
import { isFinalizing } from "../scenario/fault-plan.ts";
import { type CardNode, CardTree, contentOf, walk } from "./card-tree.ts";
import { requestsByCard } from "./requests-by-card.ts";

/** Elements at the foot of a card, which come and go. */
const floating: ReadonlySet<string> = new Set(["sc_status", "sc_footer", "sc_actions"]);

/** Checks that shown elements stay: none moves, no text goes, and no id is used again. */
export function checkPlaces(requests: readonly RequestRecord[]): string[] {
  return requestsByCard(requests).flatMap((ofCard) => {
    const places = new CardPlaces();
    for (const request of ofCard) places.take(request);
    return places.problems;
  });
}

class CardPlaces {
  readonly problems: string[] = [];
  readonly #tree = new CardTree();
  readonly #gone = new Set<string>();
  /** Elements that have never held a character. */
  readonly #empty = new Set<string>();
  #ids: readonly string[] = [];
  /** True once an operation failed in its middle, because the card's content is unknown then. */
  #isUnknown = false;

  take(request: RequestRecord): void {
    const { operation, applied, code, fault, elementId } = request;
    // A part of a failed batch may have been carried out.
    if (applied && operation === "batch" && code !== 0 && fault === undefined) this.#isUnknown = true;
    if (!applied || this.#isUnknown) return;
    if (operation === "content") this.#empty.delete(elementId ?? "");
    const content = contentOf(request);
    if (content === undefined) return;
    walk(content, (node) => this.#noteText(node));
    const isReplaced = content.type === "card";
    if (isReplaced) this.#tree.replace(content.card);
    else for (const action of content.actions) this.#tree.apply(action);
    this.#compare(this.#tree.ids(), { isReplaced, isFinal: isFinalizing(request) });
  }

  #noteText({ element_id, content }: CardNode): void {
    if (element_id === undefined) return;
    if (content === "") this.#empty.add(element_id);
    else this.#empty.delete(element_id);
  }

  #compare(ids: readonly string[], { isReplaced, isFinal }: { isReplaced: boolean; isFinal: boolean }): void {
    const now = new Set(ids);
    const before = new Set(this.#ids);
    const stayed = this.#ids.filter((id) => now.has(id));
    const moved = ids.filter((id) => before.has(id)).find((id, index) => id !== stayed[index]);
    if (moved !== undefined) this.problems.push(`${moved} moved`);
    for (const id of ids) {
      // Plain text in place of a card may be replaced by the card's blocks again.
      if (!isReplaced && !before.has(id) && this.#gone.has(id) && !floating.has(id))
        this.problems.push(`the id ${id} is used again`);
    }
    for (const id of this.#ids) {
      if (now.has(id)) continue;
      this.#gone.add(id);
      // A replaced card may have fewer blocks, and unused ready texts go when it is finalized.
      const isUnused = isFinal && this.#empty.has(id);
      if (isReplaced || isUnused || floating.has(id) || /^sc_tool_\d+$/.test(id)) continue;
      this.problems.push(`${id} was removed`);
    }
    this.#ids = ids;
  }
}
