import { describe, expect, it } from "vitest";
import { CardStream } from "../card/card-stream.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingDriver } from "../testing/recording-driver.ts";
import { pipeToCard } from "./pipe-to-card.ts";

describe("given several runs that share a card", () => {
  it("ends with the others where the source of one cannot be opened", async () => {
    const clock = new ManualClock();
    const driver = new RecordingDriver({ clock });
    const card = new CardStream({ driver, clock });
    const sources = {
      broken: () => {
        throw new TypeError("no such model");
      },
      sound: async function* () {
        yield "天空是蓝色的。";
      },
    };
    const result = await clock.until(pipeToCard(sources, card));
    expect(result).toMatchObject({ status: "finished", delivery: "card" });
    const texts = driver.cards[0]?.blocks.flatMap((block) => (block.type === "text" ? [block.text] : []));
    expect(texts).toEqual(["天空是蓝色的。"]);
  });
});
