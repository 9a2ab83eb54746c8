import type { RequestRecord } from "@streamcard/emulator";
import { isFinalizing } from "../scenario/fault-plan.ts";
import { type BatchAction, type CardNode, contentOf, walk } from "./card-tree.ts";
import { requestsByCard } from "./requests-by-card.ts";

/**
 * P5: while a card streams, what an element shows only grows; a replaced card begins anew, and needs a reason.
 *
 * @param isHeaderLive The header shows how the run ended, for which the whole card is written.
 */
export function checkTyping(requests: readonly RequestRecord[], isHeaderLive: boolean): string[] {
  // Without a token nothing can be written, whatever it is.
  const isTroubled = requests.some(({ operation, code }) => operation === "token" && code !== 0);
  return requestsByCard(requests).flatMap((ofCard) => {
    const texts = new CardTexts({ isHeaderLive, isTroubled });
    for (const request of ofCard) if (request.sequence !== undefined) texts.take(request);
    return texts.problems;
  });
}

/** What is written anew whenever something has become of a run. */
const isHead = /^sc_(?:status|lane_\d+_h)$/;

class CardTexts {
  readonly problems: string[] = [];
  readonly #shown = new Map<string, string>();
  readonly #isHeaderLive: boolean;
  #isTroubled: boolean;

  constructor({ isHeaderLive, isTroubled }: { isHeaderLive: boolean; isTroubled: boolean }) {
    this.#isHeaderLive = isHeaderLive;
    this.#isTroubled = isTroubled;
  }

  take(request: RequestRecord): void {
    const { operation, elementId, body, code, fault, applied } = request;
    if (code !== 0 || fault !== undefined) this.#isTroubled = true;
    if (!applied) return;
    if (operation === "content") this.#show(elementId ?? "", (body as CardNode).content ?? "");
    const content = contentOf(request);
    if (content?.type === "actions") this.#batch(content.actions);
    else if (content?.type === "card") {
      const isWanted = operation === "create" || (this.#isHeaderLive && isFinalizing(request));
      if (!isWanted && !this.#isTroubled) this.problems.push("P5: the card was replaced without need");
      // Even then, what was typed stands.
      if (!isWanted || this.#isTroubled) this.#shown.clear();
      this.#showAll(content.card);
    }
  }

  #batch(actions: readonly BatchAction[]): void {
    for (const { params } of actions) {
      const { elements, element, element_id, partial_element } = params;
      this.#showAll([elements, element]);
      if (element_id !== undefined && partial_element?.content !== undefined && this.#shown.has(element_id)) {
        this.#show(element_id, partial_element.content);
      }
    }
  }

  /** What has no id of its own is no text that is typed. */
  #showAll(value: unknown): void {
    walk(value, ({ tag, element_id, content }) => {
      if (tag === "markdown" && element_id !== undefined && !isHead.test(element_id)) {
        this.#show(element_id, content ?? "");
      }
    });
  }

  #show(id: string, content: string): void {
    const before = this.#shown.get(id) ?? "";
    if (!content.startsWith(before))
      this.problems.push(`P5: ${id} lost ${JSON.stringify(before.slice(-40))}`);
    this.#shown.set(id, content);
  }
}
