import { pipeToText, toPlainText } from "@streamcard/core";
import { describe, expect, it } from "vitest";
import { cardDesk } from "./testing/card-desk.ts";
import { majors } from "./testing/majors.ts";
import { play } from "./testing/scenarios.ts";

describe.each(majors)("given a run of ai $version that is wanted as text", (major) => {
  it("is its texts with its tool calls between them, streamed or generated", async () => {
    const desk = cardDesk();
    const streamed = toPlainText(() => major.streamText(play(desk, "two steps").options), {
      clock: desk.clock,
    });
    const generated = toPlainText(major.generateText(play(desk, "two steps").options), { clock: desk.clock });
    for (const text of [await desk.clock.until(streamed), await desk.clock.until(generated)]) {
      expect(text).toBe("让我查一下。\n\n✓ weather\n\n北京是晴天。");
    }
  });

  it("is drawn in a terminal while it goes on", async () => {
    const desk = cardDesk();
    const writes: string[] = [];
    const write = (text: string) => writes.push(text);
    const run = pipeToText(major.streamText(play(desk, "a tool that throws").options), {
      write,
      isTerminal: true,
      clock: desk.clock,
    });
    expect(await desk.clock.until(run)).toMatchObject({ status: "finished", delivery: "card" });
    expect(writes.length).toBeGreaterThan(2);
    expect(writes.join("")).toContain("✕ weather · 失败");
  });
});
