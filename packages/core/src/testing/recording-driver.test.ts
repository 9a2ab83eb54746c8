import { describe, it } from "vitest";
import { driverContract } from "./driver-contract.ts";
import { RecordingDriver } from "./recording-driver.ts";

describe.each(["elements", "slots"] as const)("given the recording driver with %s", (structure) => {
  let driver: RecordingDriver;
  const rules = driverContract({
    createDriver: () => {
      driver = new RecordingDriver({ structure });
      return driver;
    },
    readCard: (cardId) => {
      const card = driver.cards.find((known) => known.cardId === cardId);
      if (card === undefined) throw new Error(`There is no card ${cardId}.`);
      return {
        texts: card.blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])),
        hasStatus: card.blocks.some(({ type }) => type === "status"),
        isStreaming: card.isStreaming,
        summary: card.summary,
      };
    },
  });
  for (const { title, run } of rules) it(title, run);
});
