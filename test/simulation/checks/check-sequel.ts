import type { RequestRecord } from "@streamcard/emulator";
import { type CardNode, CardTree, contentOf, walk } from "./card-tree.ts";
import { requestsByCard } from "./requests-by-card.ts";

/** Checks that no text begins on a streaming card before the text above it is complete (P1). */
export function checkSequel(requests: readonly RequestRecord[]): string[] {
  return requestsByCard(requests).flatMap((ofCard) => {
    const reading = new CardReading();
    for (const request of ofCard) reading.take(request);
    return reading.problems();
  });
}

const isAnswer = /^answer(?:_\d+)?$/;

class CardReading {
  readonly #tree = new CardTree();
  readonly #texts = new Map<string, string>();
  /** Each text's content at the moment when the text below it began. */
  readonly #above: { readonly id: string; readonly above: string; readonly text: string }[] = [];
  /** True once an operation failed in its middle, because the card's content is unknown then. */
  #isUnknown = false;

  take(request: RequestRecord): void {
    const { operation, elementId, body, applied, code, fault } = request;
    if (applied && operation === "batch" && code !== 0 && fault === undefined) this.#isUnknown = true;
    if (!applied || this.#isUnknown) return;
    const before = new Map(this.#texts);
    if (operation === "content") this.#texts.set(elementId ?? "", (body as CardNode).content ?? "");
    const content = contentOf(request);
    if (content?.type === "card") this.#tree.replace(content.card);
    for (const action of content?.type === "actions" ? content.actions : []) this.#tree.apply(action);
    walk(content, ({ element_id, content: text }) => {
      if (element_id !== undefined && text !== undefined) this.#texts.set(element_id, text);
    });
    const answers = this.#tree.ids().filter((id) => isAnswer.test(id));
    for (const [index, id] of answers.entries()) {
      const above = answers[index - 1];
      if (above === undefined || before.get(id) || !this.#texts.get(id)) continue;
      this.#above.push({ id, above, text: this.#texts.get(above) ?? "" });
    }
  }

  problems(): string[] {
    return this.#above.flatMap(({ id, above, text }) => {
      const whole = this.#texts.get(above) ?? "";
      // A reader does not see blank text.
      if (text === whole || whole.trim() === "") return [];
      return [`P1: ${id} began before the text above it was all there`];
    });
  }
}
