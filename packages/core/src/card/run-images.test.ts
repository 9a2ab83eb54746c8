import { describe, expect, it } from "vitest";
import type { CardDriver, ImageSource } from "../contract/card-driver.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingDriver, type RecordingDriverOptions } from "../testing/recording-driver.ts";
import { CardStream } from "./card-stream.ts";

const cat = "![猫](https://example.com/cat.png)";

function open(image: CardDriver["image"], options: RecordingDriverOptions = {}) {
  const clock = new ManualClock();
  const driver = new RecordingDriver({ clock, latencyMs: 40, ...(image && { image }), ...options });
  const card = new CardStream({ driver, clock, logger: { warn() {} } });
  const text = () =>
    driver.cards.map(({ blocks }) =>
      blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])).join(""),
    );
  return { clock, driver, card, text };
}

/** Images that take some time on the clock of the test. */
function painter(key: string | undefined, takesMs: number) {
  const asked: ImageSource[] = [];
  let clock: ManualClock | undefined;
  return {
    asked,
    runsOn(own: ManualClock) {
      clock = own;
    },
    async image(source: ImageSource) {
      asked.push(source);
      await clock?.sleep(takesMs);
      return key;
    },
  };
}

function openWith(key: string | undefined, takesMs: number, options?: RecordingDriverOptions) {
  const paint = painter(key, takesMs);
  const opened = open((source) => paint.image(source), options);
  paint.runsOn(opened.clock);
  return { ...opened, paint };
}

describe("given an image that is made while the run goes on", () => {
  it("shows what stands before it, then the image and all that came behind it (P5)", async () => {
    const { clock, driver, card, text } = openWith("img_v3_cat", 1_700);
    card.push(`你看：${cat}\n\n很可爱。`);
    await clock.advance(1_500);
    expect(text()).toEqual(["你看："]);
    await clock.advance(500);
    expect(text()).toEqual(["你看：![猫](img_v3_cat)\n\n很可爱。"]);
    const result = await clock.until(card.finish());
    expect(result).toMatchObject({ delivery: "card", text: `你看：${cat}\n\n很可爱。` });
    const shown = driver.cards[0]?.writes.flatMap(({ write }) =>
      write.type === "text" ? [write.block] : [],
    );
    for (const [index, { id, text }] of (shown ?? []).entries()) {
      const before = shown?.slice(0, index).findLast((block) => block.id === id)?.text ?? "";
      expect(text.startsWith(before)).toBe(true);
    }
  });

  it("is a link after three seconds, and drawn where it is mentioned again later", async () => {
    const { clock, card, text } = openWith("img_v3_cat", 5_000);
    card.push(`a ${cat} b`);
    await clock.advance(2_900);
    expect(text()).toEqual(["a "]);
    await clock.advance(300);
    expect(text()).toEqual(["a [猫](https://example.com/cat.png) b"]);
    await clock.advance(2_000);
    card.push(` c ${cat}`);
    await clock.until(card.finish());
    expect(text()).toEqual(["a [猫](https://example.com/cat.png) b c ![猫](img_v3_cat)"]);
  });

  it("is asked for once, however often it is mentioned", async () => {
    const { clock, card, paint, text } = openWith("img_v3_cat", 100);
    card.push(`${cat} `.repeat(200));
    await clock.until(card.finish());
    expect(paint.asked).toEqual([{ url: "https://example.com/cat.png" }]);
    expect(text().join("")).toBe("![猫](img_v3_cat) ".repeat(200));
  });

  it("is made at the same time as the others", async () => {
    const { clock, card, text, paint } = openWith("img_v3_x", 1_000);
    const images = Array.from({ length: 5 }, (_, n) => `![${n}](https://example.com/${n}.png)\n\n`);
    card.push(images.join(""));
    await clock.advance(1_200);
    expect(paint.asked).toHaveLength(5);
    expect(text().join("")).toContain("![4](img_v3_x)");
    await clock.until(card.finish());
  });

  it("is a link at once where nobody can make it", async () => {
    const { clock, card, text } = open(undefined);
    card.push(`a ${cat} b`);
    await clock.advance(200);
    expect(text()).toEqual(["a [猫](https://example.com/cat.png) b"]);
    await clock.until(card.finish());
  });

  it("is a link where its maker fails, however it fails", async () => {
    for (const image of [
      () => Promise.reject(new Error("broken")),
      () => {
        throw new Error("broken");
      },
      async () => undefined,
    ]) {
      const { clock, card, text } = open(image);
      card.push(`a ${cat} b`);
      await clock.until(card.finish());
      expect(text()).toEqual(["a [猫](https://example.com/cat.png) b"]);
    }
  });

  it("reads a target as the URL that it means, and bytes as bytes", async () => {
    const { clock, card, paint, text } = openWith("img_v3_x", 10);
    card.push(
      "![a](https://e.com/a?x=1&amp;y=2\\)) ![b](data:image/gif;base64,R0lGODlh) ![c](data:,R%20) ![d](x.png)",
    );
    await clock.until(card.finish());
    expect(paint.asked).toEqual([
      { url: "https://e.com/a?x=1&y=2)" },
      { mediaType: "image/gif", bytes: new TextEncoder().encode("GIF89a") },
      { mediaType: "", bytes: new TextEncoder().encode("R ") },
    ]);
    expect(text()).toEqual(["![a](img_v3_x) ![b](img_v3_x) ![c](img_v3_x) [d](x.png)"]);
  });
});

describe("given an image that the run produced", () => {
  const file = { type: "file", file: { mediaType: "image/gif", base64: "R0lGODlh" } } as const;

  it("is drawn, made from its bytes", async () => {
    const { clock, driver, card, paint } = openWith("img_v3_cat", 4_000);
    card.push(file);
    await clock.until(card.finish());
    expect(paint.asked).toEqual([{ mediaType: "image/gif", bytes: new TextEncoder().encode("GIF89a") }]);
    expect(driver.cards[0]?.blocks.find(({ type }) => type === "image")).toMatchObject({ key: "img_v3_cat" });
  });

  it("keeps the card open for six seconds at most, and no longer than the reader wants (P2)", async () => {
    for (const [end, most] of [
      ["finish", 6_500],
      ["stop", 250],
    ] as const) {
      const { clock, driver, card } = openWith("img_v3_cat", 3_600_000);
      card.push("a");
      card.push(file);
      await clock.advance(300);
      const endedAt = clock.now();
      await clock.until(card[end]());
      expect(clock.now() - endedAt).toBeLessThan(most);
      expect(driver.cards[0]).toMatchObject({ isStreaming: false });
    }
  });
});

describe("given a run that ends before its image is there", () => {
  it("waits for it, and finalizes once, with the image (P2)", async () => {
    const { clock, driver, card, text } = openWith("img_v3_cat", 2_000);
    card.push(`a ${cat}`);
    await clock.advance(300);
    const result = card.finish();
    await clock.advance(1_000);
    expect(driver.cards[0]).toMatchObject({ isStreaming: true });
    expect(driver.cards[0]?.blocks.map(({ type }) => type)).toEqual(["text"]);
    expect(await clock.until(result)).toMatchObject({ status: "finished", delivery: "card" });
    expect(text()).toEqual(["a ![猫](img_v3_cat)"]);
    expect(driver.cards[0]?.writes.filter(({ write }) => write.type === "finalize")).toHaveLength(1);
  });

  it("does not wait when it was stopped (P8)", async () => {
    const { clock, driver, card, text } = openWith("img_v3_cat", 2_000);
    card.push(`a ${cat}`);
    await clock.advance(300);
    const stoppedAt = clock.now();
    await clock.until(card.stop("reader"));
    expect(clock.now() - stoppedAt).toBeLessThan(250);
    expect(text()).toEqual(["a [猫](https://example.com/cat.png)"]);
    expect(driver.cards[0]).toMatchObject({ isStreaming: false });
  });

  it("waits no longer than three seconds", async () => {
    const { clock, card, text } = openWith(undefined, 3_600_000);
    card.push(`a ${cat}`);
    const startedAt = clock.now();
    await clock.until(card.finish());
    expect(clock.now() - startedAt).toBeLessThan(3_500);
    expect(text()).toEqual(["a [猫](https://example.com/cat.png)"]);
  });

  it("loses none of the text where no card can be made", async () => {
    const { clock, driver, card } = openWith("img_v3_cat", 2_000, {
      fault: ({ operation, count }) => (operation === "open" && count === 1 ? "refused-for-good" : undefined),
    });
    card.push(`a ${cat} b`);
    const result = await clock.until(card.finish());
    expect(result.delivery).toBe("message");
    expect(driver.texts).toEqual([`a ${cat} b`]);
  });

  it("keeps texts in their order, also where a later one turns the page", async () => {
    const profile = { maxBytes: 1_500, baseBytes: 300 };
    const { clock, card, text } = openWith("img_v3_cat", 1_000, { profile });
    card.push({ type: "text-start", id: "1" });
    card.push({ type: "text-delta", id: "1", text: `一 ${cat} 二` });
    card.push({ type: "text-end", id: "1" });
    card.push({ type: "text-start", id: "2" });
    card.push({ type: "text-delta", id: "2", text: "三".repeat(600) });
    await clock.until(card.finish());
    expect(text().join("")).toBe(`一 ![猫](img_v3_cat) 二${"三".repeat(600)}`);
  });
});
