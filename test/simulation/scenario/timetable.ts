import { answerText, deltasOf, pick, type Random, randomFrom } from "./answer-text.ts";
import { blockParts, lastParts, type StreamPart } from "./block-parts.ts";
import type { BlockPlan } from "./block-plan.ts";
import type { Scenario } from "./scenario.ts";

/** Part of a run with its time. */
export interface TimedPart {
  readonly atMs: number;
  readonly part: StreamPart;
  /** Index of the lane that says the part; absent for the card's own run. */
  readonly lane?: number;
}

/** Type of the part that ends its lane. It is part of no stream. */
export const LANE_END = "lane-end";

/** Longest time between two parts that are no text. */
const MAX_BLOCK_GAP_MS = 250;

/** Makes the timetable of a scenario's run and its lanes, up to their end. */
export function timetableOf(scenario: Scenario): readonly TimedPart[] {
  const { blocks, end, endShare, length, textSeed, deltaSeed } = scenario;
  const lanes = blocks?.lanes ?? [];
  const share = 1 / (lanes.length + 1);
  const parts = runParts({ ...scenario, length: Math.floor(length * share) }, blocks);
  for (const [lane, plan] of lanes.entries()) {
    const seed = lane + 1;
    const own = {
      ...scenario,
      length: Math.floor(length * share),
      textSeed: textSeed + seed,
      deltaSeed: deltaSeed + seed,
    };
    const said = runParts(own, blocks && { ...blocks, seed: blocks.seed + seed });
    const lastMs = said.at(-1)?.atMs ?? 0;
    const ended = plan.end === "left" ? [] : [{ atMs: lastMs, part: { type: LANE_END, how: plan.end } }];
    parts.push(...[...said, ...ended].map((timed) => ({ ...timed, lane })));
  }
  const paused = withPauses(lanes.length === 0 ? parts : parts.sort((a, b) => a.atMs - b.atMs), scenario);
  return end === "finish" ? paused : paused.slice(0, Math.ceil(paused.length * endShare));
}

type RunPlan = Pick<
  Scenario,
  "textSeed" | "length" | "deltaSeed" | "longestDelta" | "longestGapMs" | "end" | "feed" | "steps"
>;

/** Makes the parts of one run: steps of text, with a tool call between two steps. */
function runParts(run: RunPlan, plan: BlockPlan | undefined): TimedPart[] {
  const { textSeed, length, deltaSeed, longestDelta, longestGapMs, end } = run;
  const random = randomFrom(deltaSeed);
  const isPlain = run.feed === "push" || run.feed === "strings";
  const whole = answerText(textSeed, length);
  const parts: TimedPart[] = [];
  let atMs = 0;
  const say = (part: StreamPart, gapMs = 0) => {
    atMs += Math.floor(random() * gapMs);
    parts.push({ atMs, part });
  };
  const steps = isPlain ? 1 : run.steps;
  const planned = plan && blockParts(plan, randomFrom(plan.seed), steps);
  const sayGroup = (group: readonly StreamPart[]) => {
    for (const part of group) say(part, Math.min(longestGapMs, MAX_BLOCK_GAP_MS));
  };
  for (let step = 0; step < steps; step += 1) {
    const [from, to] = [step, step + 1].map((at) => Math.floor((whole.length * at) / steps));
    const block = whole.slice(from, to).toWellFormed();
    if (!isPlain) say({ type: "start-step" }, longestGapMs);
    const blocks = planned?.[step];
    for (const group of blocks?.before ?? []) sayGroup(group);
    const texts = deltasOf(block, deltaSeed + step, longestDelta).map((text) => ({
      type: "text-delta",
      id: isPlain ? "text" : "0",
      text,
    }));
    const groups = [...(blocks?.during ?? [])];
    // Without blocks no number is drawn, so that the seeds of runs without blocks keep their scenarios.
    for (const [index, text] of texts.entries()) {
      while (groups.length > 0 && random() < groups.length / (texts.length - index)) {
        sayGroup(groups.shift() ?? []);
      }
      say(text, longestGapMs);
    }
    for (const group of groups) sayGroup(group);
    if (!isPlain && step < steps - 1) {
      const toolCallId = `step-${step}`;
      say({ type: "tool-call", toolCallId, toolName: pick(random, ["clock", "search"]) }, longestGapMs);
      say({ type: "tool-result", toolCallId, output: "ok" }, 2_000);
      say({ type: "finish-step", finishReason: "tool-calls" });
    }
  }
  if (plan !== undefined && end === "finish") sayGroup(lastParts(plan, random));
  return parts;
}

/** Spreads the time of all pauses over random places. */
function withPauses(
  parts: readonly TimedPart[],
  { pausedMs, pauses, deltaSeed }: Scenario,
): readonly TimedPart[] {
  if (pausedMs === 0 || pauses === 0) return parts;
  const random: Random = randomFrom(deltaSeed ^ 0x9a05e);
  const places = Array.from({ length: pauses }, () => Math.floor(random() * parts.length)).sort(
    (a, b) => a - b,
  );
  let passed = 0;
  return parts.map((timed, at) => {
    while ((places[passed] ?? Number.POSITIVE_INFINITY) <= at) passed += 1;
    return { ...timed, atMs: timed.atMs + Math.round((pausedMs / pauses) * passed) };
  });
}
