import { type CardInput, type CardSource, type PartLike, pipeToCard } from "@streamcard/core";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import { majors } from "./testing/majors.ts";
import { play } from "./testing/scenarios.ts";

expectNoUnhandledRejections();

/** The parts that a card takes from a source, in the fields that it reads. */
async function collect(source: CardSource, desk: CardDesk) {
  const card = desk.card();
  const pushed: CardInput[] = [];
  const push = card.push.bind(card);
  card.push = (part) => {
    pushed.push(part);
    push(part);
  };
  await pipeToCard(source, card);
  return pushed.flatMap((part) => {
    const { type, ...fields } = part as PartLike & Record<string, unknown>;
    // Told only while it streams.
    if (type.startsWith("tool-input")) return [];
    const { text, toolCallId, output, finishReason, totalUsage } = fields;
    return [{ type, text, toolCallId, output, finishReason, totalUsage }];
  });
}

describe.each(majors)("given a text that ai $version generates", (major) => {
  it.each([
    "two steps",
    "a missing approval",
    "the step limit after a tool that throws",
    "no output",
  ] as const)("says what the run would have streamed: %s", async (name) => {
    const desk = cardDesk();
    const streamed = collect(major.streamText(play(desk, name).options), desk);
    const run = await desk.clock.until(major.generateText(play(desk, name).options));
    const generated = await desk.clock.until(collect(run, desk));
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
