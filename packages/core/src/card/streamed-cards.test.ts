import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingDriver } from "../testing/recording-driver.ts";
import { CardStream } from "./card-stream.ts";

const LATE_MS = 40_000;

/** Answer of several cards whose call of one kind, the nth of them, is answered long after the end of the run. */
function lateCall(operation: "open" | "text" | "structure" | "finalize", nth: number) {
  const clock = new ManualClock();
  let count = 0;
  let isLate = false;
  const driver = new RecordingDriver({
    clock,
    latencyMs: () => (isLate ? LATE_MS : 40),
    profile: { maxBytes: 2_000 },
    fault: (call) => {
      if (call.operation === operation) count += 1;
      isLate = call.operation === operation && count === nth;
      return undefined;
    },
  });
  const card = new CardStream({ driver, clock, logger: { warn: () => {} } });
  return { clock, driver, card };
}

describe("given a call that is answered long after the end of the run", () => {
  it.each([
    ["open", 1],
    ["text", 1],
    ["text", 5],
    ["structure", 1],
    ["structure", 3],
    ["finalize", 1],
    ["finalize", 2],
  ] as const)(
    "makes no card after its result, and names every card that there is: %s, number %i",
    async (operation, nth) => {
      const { clock, driver, card } = lateCall(operation, nth);
      const answer = Array.from(
        { length: 60 },
        (_, index) => `第 ${index} 段。${"内容，".repeat(12)}\n\n`,
      ).join("");
      for (let at = 0; at < answer.length; at += 20) {
        card.push(answer.slice(at, at + 20));
        await clock.advance(40);
      }
      const result = await clock.until(card.finish());
      const cards = driver.cards.length;
      const messages = driver.texts.length;

      await clock.advance(3 * LATE_MS);

      // A card whose making is answered that late cannot be known; each other one is named.
      expect(driver.cards.length).toBe(Math.max(cards, 1));
      expect(driver.texts.length).toBe(messages);
      if (operation !== "open") {
        expect(result.cards.map(({ cardId }) => cardId)).toEqual(driver.cards.map(({ cardId }) => cardId));
      }
      expect(driver.cards.filter(({ isStreaming }) => isStreaming)).toEqual([]);
    },
  );
});
