import type { RequestRecord } from "@streamcard/emulator";

/** P5: while a card streams, what an element shows only grows; a replaced card begins anew, and needs a reason. */
export function checkTyping(requests: readonly RequestRecord[]): string[] {
  const cards = new Map<string, CardTexts>();
  for (const request of requests) {
    if (request.cardId === undefined || request.sequence === undefined) continue;
    let texts = cards.get(request.cardId);
    if (texts === undefined) {
      texts = new CardTexts();
      cards.set(request.cardId, texts);
    }
    texts.take(request);
  }
  return [...cards.values()].flatMap(({ problems }) => problems);
}

class CardTexts {
  readonly problems: string[] = [];
  readonly #shown = new Map<string, string>();
  #isTroubled = false;

  take({ operation, elementId, body, code, fault, applied }: RequestRecord): void {
    if (code !== 0 || fault !== undefined) this.#isTroubled = true;
    if (!applied) return;
    const fields = body as Fields;
    if (operation === "content") this.#show(elementId ?? "", fields.content ?? "");
    else if (operation === "batch") this.#batch(JSON.parse(fields.actions ?? "[]"));
    else if (operation === "update") {
      if (!this.#isTroubled) this.problems.push("P5: the card was replaced without need");
      this.#shown.clear();
    }
  }

  #batch(actions: readonly BatchAction[]): void {
    for (const { action, params } of actions) {
      const added = action === "add_elements" ? (params.elements ?? []) : [];
      for (const { tag, element_id, content } of [...added, ...(params.element ? [params.element] : [])]) {
        if (tag === "markdown") this.#show(element_id, content ?? "");
      }
      const { element_id, partial_element } = params;
      if (element_id !== undefined && partial_element?.content !== undefined && this.#shown.has(element_id)) {
        this.#show(element_id, partial_element.content);
      }
    }
  }

  #show(id: string, content: string): void {
    const before = this.#shown.get(id) ?? "";
    if (!content.startsWith(before))
      this.problems.push(`P5: ${id} lost ${JSON.stringify(before.slice(-40))}`);
    this.#shown.set(id, content);
  }
}

interface Fields {
  readonly content?: string;
  readonly actions?: string;
}

interface BatchAction {
  readonly action: string;
  readonly params: {
    readonly elements?: readonly TextElement[];
    readonly element?: TextElement;
    readonly element_id?: string;
    readonly partial_element?: { readonly content?: string };
  };
}

interface TextElement {
  readonly tag: string;
  readonly element_id: string;
  readonly content?: string;
}
