import type { PartLike } from "@streamcard/core";
import { readRunSource } from "@streamcard/core/internal";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { cardDesk } from "./testing/card-desk.ts";
import { majors } from "./testing/majors.ts";
import { play } from "./testing/scenarios.ts";

expectNoUnhandledRejections();

/** What a card reads of a part. */
async function collect(parts: AsyncIterable<unknown>) {
  const collected: object[] = [];
  for await (const part of parts) {
    const { type, ...fields } = part as PartLike & Record<string, unknown>;
    // What is only told while it streams.
    if (type.startsWith("tool-input")) continue;
    const { text, toolCallId, output, finishReason, totalUsage } = fields;
    collected.push({ type, text, toolCallId, output, finishReason, totalUsage });
  }
  return collected;
}

describe.each(majors)("given a text that ai $version generates", (major) => {
  it.each([
    "two steps",
    "a missing approval",
    "the step limit after a tool that throws",
    "no output",
  ] as const)("says what the run would have streamed: %s", async (name) => {
    const desk = cardDesk();
    const streamed = collect(major.streamText(play(desk, name).options).fullStream);
    const run = await desk.clock.until(major.generateText(play(desk, name).options));
    const generated = await desk.clock.until(collect(readRunSource(run)));
    expect(merge(generated)).toEqual(merge(await desk.clock.until(streamed)));
  });
});

/** One delta for each block: how a text was cut into pieces is gone when it is generated whole. */
function merge(parts: readonly object[]): object[] {
  return parts.reduce<Record<string, unknown>[]>((merged, part) => {
    const next: Record<string, unknown> = { ...part };
    const last = merged.at(-1);
    if (last !== undefined && last.type === "text-delta" && next.type === "text-delta") {
      last.text = `${last.text}${next.text}`;
    } else merged.push(next);
    return merged;
  }, []);
}
