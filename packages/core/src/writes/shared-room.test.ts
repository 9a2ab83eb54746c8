import { describe, expect, it } from "vitest";
import type { CardWrite, OpenedCard } from "../contract/card-driver.ts";
import { SharedRoom } from "./shared-room.ts";

const text: CardWrite = { type: "text", block: { type: "text", id: "text-1", text: "天" } };
const replace: CardWrite = { type: "replace", blocks: [] };

/** Cards that share room for one write: what one gives back is granted to the next at once. */
function sharingCards() {
  const waiting: (() => void)[] = [];
  let isFree = true;
  const card: OpenedCard = {
    cardId: "card",
    messageId: "message",
    blocks: [],
    write: async () => {},
    reserve: (_write, _urgency, ready) => {
      const hasPlace = isFree;
      if (hasPlace) ready();
      else waiting.push(ready);
      isFree = false;
      return () => {
        isFree = true;
        const next = hasPlace ? waiting.shift() : undefined;
        if (next !== undefined) isFree = false;
        next?.();
      };
    },
  };
  return card;
}

describe("given two cards of one run that share room for one write", () => {
  it("lets the first take its step to the end when the second is granted the room that the first gives back", async () => {
    const card = sharingCards();
    const log: string[] = [];
    const first = new SharedRoom(() => log.push("first may write"));
    const second = new SharedRoom(() => {
      log.push("second may write");
      first.giveBack();
    });

    log.push(`first ${first.reserve(text, card, true)}`);
    log.push(`second ${second.reserve(text, card, true)}`);
    log.push(`first, another kind ${first.reserve(replace, card, true)}`);
    await Promise.resolve();

    expect(log).toEqual(["first true", "second false", "first, another kind false", "second may write"]);
  });
});
