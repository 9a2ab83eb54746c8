import type { RequestRecord } from "@streamcard/emulator";
import { isFinalizing } from "../scenario/fault-plan.ts";
import { type BatchAction, type CardNode, contentOf, walk } from "./card-tree.ts";
import { requestsByCard } from "./requests-by-card.ts";

/**
 * Checks that an element's text only grows while its card streams, and that a card is replaced for a reason (P5).
 *
 * @param isHeaderLive - true if the header shows the run's end, because the whole card is written for that.
 */
export function checkTyping(requests: readonly RequestRecord[], isHeaderLive: boolean): string[] {
  // Without a token no write succeeds.
  const isTroubled = requests.some(({ operation, code }) => operation === "token" && code !== 0);
  return requestsByCard(requests).flatMap((ofCard) => {
    const texts = new CardTexts({ isHeaderLive, isTroubled });
    for (const request of ofCard) if (request.sequence !== undefined) texts.take(request);
    return texts.problems;
  });
}

/** Elements whose text changes with the state of the run. */
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
      // A header alone is no reason to change typed text.
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

  /** Notes the texts below a value; text without an id is not typed. */
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
