import { answerText, deltasOf, pick, randomFrom } from "./answer-text.ts";
import type { Scenario } from "./scenario.ts";

/** What a run says, with the time at which it says it. */
export interface TimedPart {
  readonly atMs: number;
  readonly part: { readonly type: string; readonly [field: string]: unknown };
}

/** The run's own timetable: steps of text, with a tool call between two of them, up to its end. */
export function timetableOf(scenario: Scenario): readonly TimedPart[] {
  const { textSeed, length, deltaSeed, longestDelta, longestGapMs, end, endShare } = scenario;
  const random = randomFrom(deltaSeed);
  const isPlain = scenario.feed === "push" || scenario.feed === "strings";
  const whole = answerText(textSeed, length);
  const parts: TimedPart[] = [];
  let atMs = 0;
  const say = (part: TimedPart["part"], gapMs = 0) => {
    atMs += Math.floor(random() * gapMs);
    parts.push({ atMs, part });
  };
  const steps = isPlain ? 1 : scenario.steps;
  for (let step = 0; step < steps; step += 1) {
    const [from, to] = [step, step + 1].map((at) => Math.floor((whole.length * at) / steps));
    const block = whole.slice(from, to).toWellFormed();
    if (!isPlain) say({ type: "start-step" }, longestGapMs);
    for (const text of deltasOf(block, deltaSeed + step, longestDelta)) {
      say({ type: "text-delta", id: isPlain ? "text" : "0", text }, longestGapMs);
    }
    if (!isPlain && step < steps - 1) {
      const toolCallId = `call-${step}`;
      say({ type: "tool-call", toolCallId, toolName: pick(random, ["clock", "search"]) }, longestGapMs);
      say({ type: "tool-result", toolCallId, output: "ok" }, 2_000);
      say({ type: "finish-step", finishReason: "tool-calls" });
    }
  }
  const paused = withPauses(parts, scenario);
  return end === "finish" ? paused : paused.slice(0, Math.ceil(paused.length * endShare));
}

/** Spreads the time that the run is silent over pauses at random places. */
function withPauses(
  parts: readonly TimedPart[],
  { pausedMs, pauses, deltaSeed }: Scenario,
): readonly TimedPart[] {
  if (pausedMs === 0 || pauses === 0) return parts;
  const random = randomFrom(deltaSeed ^ 0x9a05e);
  const places = Array.from({ length: pauses }, () => Math.floor(random() * parts.length)).sort(
    (a, b) => a - b,
  );
  let passed = 0;
  return parts.map(({ atMs, part }, at) => {
    while ((places[passed] ?? Number.POSITIVE_INFINITY) <= at) passed += 1;
    return { atMs: atMs + Math.round((pausedMs / pauses) * passed), part };
  });
}

/** What the run has said: the text of each step. Half an emoji at the very end is no character. */
export function blocksOf(parts: readonly TimedPart[]): string[] {
  const blocks: string[] = [];
  let isOpen = false;
  for (const { part } of parts) {
    if (part.type !== "text-delta") isOpen = false;
    else if (isOpen) blocks.push(`${blocks.pop()}${part.text}`);
    else blocks.push(String(part.text));
    if (part.type === "text-delta") isOpen = true;
  }
  return blocks;
}
