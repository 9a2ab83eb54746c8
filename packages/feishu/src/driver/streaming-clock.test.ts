import { platformError } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";

const words = "天空是蓝色的，";
const combinations = (["refuse", "drop"] as const).flatMap((afterAutoClose) =>
  (["creation", "sending"] as const).flatMap((streamingClockStart) =>
    (["restarts", "continues"] as const).map((reopening) => ({
      afterAutoClose,
      streamingClockStart,
      reopening,
    })),
  ),
);

/** Streaming calls that were refused one after the other, at most. */
function longestStorm(codes: readonly (number | undefined)[]): number {
  let longest = 0;
  let storm = 0;
  for (const code of codes) {
    storm = code === 200850 || code === 300309 || code === 200510 ? storm + 1 : 0;
    longest = Math.max(longest, storm);
  }
  return longest;
}

/** A run that says something every five seconds. */
async function runFor(minutes: number, world: ReturnType<typeof feishuInVirtualTime>) {
  const { clock, feishu, to } = world;
  const card = feishu.card({ to });
  let said = "";
  for (let at = 0; at < minutes * 60; at += 5) {
    said += words;
    card.push(words);
    await clock.advance(5_000);
  }
  const result = await clock.until(card.finish());
  return { result, said };
}

describe.each(combinations)("given a platform with %o", (rules) => {
  it("types for 45 minutes without a refusal", async () => {
    const world = feishuInVirtualTime({ rules });
    const { result, said } = await runFor(45, world);
    expect(result).toMatchObject({ delivery: "card", finalizedBy: "changes" });
    expect(world.texts().flat().join("")).toBe(said);
    const requests = world.emulator.requests();
    expect(requests.filter(({ code }) => code !== 0)).toEqual([]);
    // The text is typed until the end: hardly anything of it came in another way.
    const typed = requests.filter(({ operation }) => operation === "content").length;
    expect(typed).toBeGreaterThan(450);
  });

  it("loses nothing when it cannot be renewed in time", async () => {
    const world = feishuInVirtualTime({ rules });
    const fault = world.emulator.faults({
      on: "settings",
      times: Number.POSITIVE_INFINITY,
      answer: platformError(300120),
    });
    world.clock.setTimeout(() => fault.clear(), 11 * 60_000);
    const { result, said } = await runFor(15, world);
    expect(result.delivery).toBe("card");
    expect(world.texts().flat().join("")).toBe(said);
    expect(longestStorm(world.emulator.requests().map(({ code }) => code))).toBeLessThanOrEqual(3);
  });

  it("recovers when streaming mode closes itself earlier than documented", async () => {
    const world = feishuInVirtualTime({ rules: { ...rules, afterAutoClose: "refuse", autoCloseMs: 60_000 } });
    const { result, said } = await runFor(10, world);
    expect(result.delivery).toBe("card");
    expect(world.texts().flat().join("")).toBe(said);
    const requests = world.emulator.requests();
    expect(longestStorm(requests.map(({ code }) => code))).toBeLessThanOrEqual(3);
    const typed = requests.filter(({ operation, code }) => operation === "content" && code === 0).length;
    expect(typed).toBeGreaterThan(80);
  });

  it("finalizes whole after a silence that was longer than the stream's time", async () => {
    const world = feishuInVirtualTime({ rules });
    const { clock, feishu, to } = world;
    const card = feishu.card({ to, timeouts: { idleMs: 0 } });
    card.push(words);
    await clock.advance(20 * 60_000);
    card.push(words);
    await clock.advance(200);
    card.push(words);
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(world.texts().flat().join("")).toBe(words.repeat(3));
    expect(world.emulator.requests().filter(({ code }) => code !== 0)).toEqual([]);
  });
});
