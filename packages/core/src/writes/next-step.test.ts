import { describe, expect, it } from "vitest";
import type { CardBlock, TextBlock } from "../contract/card-block.ts";
import { type CardWrite, CardWriteError } from "../contract/card-driver.ts";
import { CardProgress } from "./card-progress.ts";
import { type CardContent, nextStep, type Step, type StepTimes } from "./next-step.ts";

const NOW = 10_000;
const text = (content: string, more: Partial<TextBlock> = {}): TextBlock => ({
  type: "text",
  id: "text-1",
  text: content,
  isOpen: true,
  ...more,
});
const tool: CardBlock = { type: "tool", id: "tool-1", title: "search", status: "running" };

/** Times at which nothing holds anything up. */
const free: StepTimes = {
  now: NOW,
  finalizeFrom: 0,
  frameFrom: 0,
  quietFrom: NOW + 100,
  nextInputAt: 0,
  typedAt: 0,
  periodMs: 100,
  charactersPerPeriod: 10,
};

const refused = (isAboutContent: boolean) =>
  new CardWriteError({ code: "no", message: "no", outcome: "refused", isRetryable: false, isAboutContent });
const unknown = new CardWriteError({ code: "lost", message: "lost", outcome: "unknown" });

/** A card that shows these blocks, after failures. */
function showing(
  blocks: readonly CardBlock[],
  ...failures: readonly (readonly [CardWrite, CardWriteError])[]
) {
  const progress = new CardProgress({ text: "prefix", typingMs: 10 });
  progress.opened(blocks);
  for (const [write, error] of failures) progress.failed(write, error, { now: NOW, tookMs: 0 });
  return progress;
}

const structure: CardWrite = { type: "structure", changes: [{ type: "insert", block: tool }] };
const replacement: CardWrite = { type: "replace", blocks: [tool] };
const textWrite: CardWrite = { type: "text", block: text("天空") };

/** The step in a few words: what is done, with what, and why not. */
function inWords(step: Step): string {
  if (step.do === "wait") return `wait ${step.until - NOW} for ${step.why}`;
  if (step.do !== "write") return step.do;
  const { write } = step;
  if (write.type === "text") return `text ${write.block.text}`;
  return write.type === "finalize" ? `finalize ${write.how}` : write.type;
}

interface Case {
  readonly shown?: CardProgress;
  readonly content: CardContent;
  readonly times?: Partial<StepTimes>;
}

const long = "字".repeat(400);
const cases: readonly (readonly [string, Case, string])[] = [
  ["makes the card", { shown: new CardProgress({ text: "prefix" }), content: { blocks: [] } }, "open"],
  [
    "waits for the pace before it makes the card",
    {
      shown: new CardProgress({ text: "prefix" }),
      content: { blocks: [] },
      times: { finalizeFrom: NOW + 40 },
    },
    "wait 40 for pace",
  ],
  [
    "does nothing where nothing is new",
    { shown: showing([text("天")]), content: { blocks: [text("天")] } },
    "idle",
  ],
  [
    "writes text that has grown",
    { shown: showing([text("天")]), content: { blocks: [text("天空")] } },
    "text 天空",
  ],
  [
    "waits for the pace",
    { shown: showing([text("天")]), content: { blocks: [text("天空")] }, times: { frameFrom: NOW + 60 } },
    "wait 60 for pace",
  ],
  [
    "finalizes although a frame would have to wait",
    {
      shown: showing([text("天")]),
      content: { blocks: [text("天")], summary: "天" },
      times: { frameFrom: NOW + 60 },
    },
    "finalize changes",
  ],
  [
    "waits for input that is near",
    { shown: showing([text("天")]), content: { blocks: [text("天空")] }, times: { nextInputAt: NOW + 7 } },
    "wait 7 for input",
  ],
  [
    "does not wait for input with a change of the structure",
    { shown: showing([]), content: { blocks: [tool] }, times: { nextInputAt: NOW + 7 } },
    "structure",
  ],
  [
    "leaves a large block that has grown by little until it is quiet",
    { shown: showing([text(long)]), content: { blocks: [text(`${long}空`)] } },
    "wait 100 for growth",
  ],
  [
    "writes a large block that has grown by little once it is quiet",
    { shown: showing([text(long)]), content: { blocks: [text(`${long}空`)] }, times: { quietFrom: NOW } },
    `text ${long}空`,
  ],
  [
    "waits for the end of a sentence",
    {
      shown: showing([text("天")]),
      content: { blocks: [text("天空")] },
      times: { sentenceUntil: NOW + 900 },
    },
    "wait 900 for sentence",
  ],
  [
    "writes the sentences that are complete",
    {
      shown: showing([text("天")]),
      content: { blocks: [text("天空。因为")] },
      times: { sentenceUntil: NOW + 900 },
    },
    "text 天空。",
  ],
  [
    "writes half a sentence that has waited for too long",
    { shown: showing([text("天")]), content: { blocks: [text("天空")] }, times: { sentenceUntil: NOW } },
    "text 天空",
  ],
  [
    "spreads text that has gathered",
    { shown: showing([text("天")]), content: { blocks: [text(`天${"空".repeat(60)}`)] } },
    `text 天${"空".repeat(42)}`,
  ],
  [
    "brings everything where writes are rare",
    {
      shown: showing([text("天")]),
      content: { blocks: [text(`天${"空".repeat(60)}`)] },
      times: { periodMs: 1_000 },
    },
    `text 天${"空".repeat(60)}`,
  ],
  [
    "waits to try a refused change again",
    {
      shown: showing(
        [text("天")],
        [
          structure,
          new CardWriteError({ code: "busy", message: "busy", outcome: "refused", isRetryable: true }),
        ],
      ),
      content: { blocks: [text("天"), tool] },
    },
    "wait 500 for structure",
  ],
  [
    "writes text while a refused change waits",
    {
      shown: showing(
        [text("天")],
        [
          structure,
          new CardWriteError({ code: "busy", message: "busy", outcome: "refused", isRetryable: true }),
        ],
      ),
      content: { blocks: [text("天空"), tool] },
    },
    "text 天空",
  ],
  [
    "replaces the card after an outcome that is unknown",
    { shown: showing([text("天")], [textWrite, unknown]), content: { blocks: [text("天空")] } },
    "replace",
  ],
  [
    "replaces the card where its text was refused for good",
    { shown: showing([text("天")], [textWrite, refused(false)]), content: { blocks: [text("天空")] } },
    "replace",
  ],
  [
    "writes nothing more but the end where a replacement was refused for another reason than its content",
    { shown: showing([text("天")], [replacement, refused(false)]), content: { blocks: [text("天空")] } },
    "idle",
  ],
  [
    "replaces the card with plain text where its content was refused",
    { shown: showing([text("天")], [replacement, refused(true)]), content: { blocks: [text("天空"), tool] } },
    "replace",
  ],
  [
    "writes nothing more but the end where plain text was refused, too",
    {
      shown: showing([text("天")], [replacement, refused(true)], [replacement, refused(true)]),
      content: { blocks: [text("天空")] },
    },
    "idle",
  ],
  [
    "types the last text out before it finalizes",
    { shown: showing([text("天")]), content: { blocks: [text("天空是蓝色的，因为散射。")], summary: "" } },
    "text 天空是蓝色的，因为散射。",
  ],
  [
    "waits for the last text to be typed",
    {
      shown: showing([text("天")]),
      content: { blocks: [text("天")], summary: "" },
      times: { typedAt: NOW + 300 },
    },
    "wait 300 for typing",
  ],
  [
    "finalizes at once where somebody waits for the end",
    {
      shown: showing([text("天")]),
      content: { blocks: [text("天空是蓝色的，因为散射。")], summary: "", isHurried: true },
      times: { typedAt: NOW + 300 },
    },
    "finalize changes",
  ],
  [
    "finalizes by a replacement where it is not certain what the card shows",
    { shown: showing([text("天")], [textWrite, unknown]), content: { blocks: [text("天")], summary: "" } },
    "finalize replace",
  ],
  [
    "closes the stream where finalizing by changes was refused",
    {
      shown: showing(
        [text("天")],
        [{ type: "finalize", how: "changes", blocks: [], changes: [], summary: "" }, refused(true)],
      ),
      content: { blocks: [text("天")], summary: "" },
    },
    "finalize close",
  ],
];

describe("given a card with no call in flight", () => {
  it.each(cases)("%s", (_name, { shown = showing([]), content, times }, expected) => {
    const step = nextStep(shown, content, { ...free, ...times });
    expect(inWords(step)).toBe(expected);
    // Asking changes nothing.
    expect(nextStep(shown, content, { ...free, ...times })).toEqual(step);
  });

  it("draws plain text where the platform refused the content", () => {
    const shown = showing([text("天")], [replacement, refused(true)]);
    expect(nextStep(shown, { blocks: [text("天空"), tool] }, free)).toMatchObject({
      write: { type: "replace", blocks: [{ type: "text", text: "天空", isPlain: true }] },
    });
  });

  it("stops streaming text after three refusals, and changing blocks after three", () => {
    const thrice = (write: CardWrite) => Array.from({ length: 3 }, () => [write, refused(false)] as const);
    const untyped = showing([text("天")], ...thrice(textWrite));
    untyped.succeeded({ type: "replace", blocks: [text("天")] });
    expect(inWords(nextStep(untyped, { blocks: [text("天空")] }, free))).toBe("structure");
    const unchanged = showing([text("天")], ...thrice(structure));
    unchanged.succeeded({ type: "replace", blocks: [text("天")] });
    expect(inWords(nextStep(unchanged, { blocks: [text("天"), tool] }, { ...free, now: NOW + 60_000 }))).toBe(
      "replace",
    );
  });
});
