import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";
import { seenCard } from "../testing/seen-card.ts";

const section = [
  "## 瑞利散射",
  "阳光进入大气层后，**短波长**的蓝光更容易被散射，所以天空看起来是蓝色的。",
  "- 波长越短，散射越强\n- 强度与波长的四次方成反比\n",
  "```ts\nconst ratio = (550 / 450) ** 4; // 约 2.2\nconsole.log(ratio);\n```",
].join("\n\n");

function answerOf(bytes: number): string {
  const times = Math.ceil(bytes / Buffer.byteLength(`${section}\n\n`));
  return `${section}\n\n`.repeat(times);
}

describe.each([
  ["30 KB", 30_000, 2],
  ["100 KB", 100_000, 4],
  ["1 MB", 1_000_000, 36],
])("given an answer of %s", (_name, bytes, cards) => {
  it("goes on on further cards at the ends of blocks, each finalized when the next begins", async () => {
    const { feishu, to, clock, emulator } = feishuInVirtualTime();
    const answer = answerOf(bytes);
    const card = feishu.card({ to, locale: "en-US" });
    for (let at = 0; at < answer.length; at += 400) {
      card.push(answer.slice(at, at + 400));
      await clock.advance(100);
    }
    const result = await clock.until(card.finish());
    expect(result).toMatchObject({ status: "finished", delivery: "card", finalizedBy: "changes" });
    expect(result.cards.length).toBeGreaterThanOrEqual(cards);

    const pages = emulator.cards();
    const shown = pages.map(({ elements }) =>
      elements
        .flatMap(({ elementId, content = "" }) => (elementId?.startsWith("answer") ? [content] : []))
        .join(""),
    );
    expect(shown.join("")).toBe(answer);
    for (const text of shown.slice(1)) expect(text).toMatch(/^(?:## |阳光|- |```ts)/);
    expect(pages.every(({ streaming, finalizations }) => !streaming && finalizations === 1)).toBe(true);
    expect(pages.slice(0, -1).map((page) => seenCard(page).status)).toEqual(
      pages.slice(1).map(() => "Continued on the next card"),
    );
    // Strict about bytes and elements, the platform has refused nothing.
    expect(emulator.requests().filter(({ code }) => code !== 0)).toEqual([]);
  }, 60_000);
});

describe("given a burst and then silence", () => {
  it("shows all of it within an interval and a round trip, however much it is", async () => {
    const { feishu, to, clock, texts } = feishuInVirtualTime();
    const card = feishu.card({ to });
    card.push("好，");
    await clock.advance(1_000);
    card.push(answerOf(8_000));
    await clock.advance(400);
    expect(texts().flat().join("")).toBe(`好，${answerOf(8_000)}`);
    await clock.until(card.finish());
  });
});
