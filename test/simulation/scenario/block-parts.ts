import { answerText, deltasOf, pick, type Random } from "./answer-text.ts";
import type { BlockPlan } from "./block-plan.ts";
import { hostileUrls, hostileWords } from "./hostile-words.ts";

export interface StreamPart {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Parts of one step besides its text. Each group is said in one go. */
export interface StepBlocks {
  readonly before: readonly StreamPart[][];
  readonly during: readonly StreamPart[][];
}

/**
 * Files that no card shows. Images would be uploaded, and hashing them first takes real time, which the simulation does
 * not control.
 */
const files = [
  { mediaType: "image/png", base64: "bm8gcGljdHVyZQ==" },
  { mediaType: "image/png", url: "https://example.com/a.png" },
  { mediaType: "audio/mpeg", base64: "" },
];

/** Draws the blocks of a run, for each of its steps. */
export function blockParts(plan: BlockPlan, random: Random, steps: number): StepBlocks[] {
  const found = Array.from({ length: steps }, () => ({
    before: [] as StreamPart[][],
    during: [] as StreamPart[][],
  }));
  const put = (group: StreamPart[], share: number, place: "before" | "during" = "during") =>
    found[Math.min(steps - 1, Math.floor(share * steps))]?.[place].push(group);
  for (let index = 0; index < plan.thoughts; index += 1) {
    const share = index / plan.thoughts;
    put(thought(plan, random, index), share, random() < 0.6 ? "before" : "during");
  }
  const events = toolEvents(plan, random);
  for (const [index, event] of events.entries()) put([event], index / events.length);
  for (let index = 0; index < plan.sources; index += 1) put([source(random, index)], random());
  for (let index = 0; index < plan.files; index += 1) {
    put([{ type: "file", file: pick(random, files) }], random());
  }
  return found;
}

/** Returns the parts at a run's end. */
export function lastParts({ finishReason }: BlockPlan, random: Random): StreamPart[] {
  const modelId = pick(random, ["doubao-seed", "gpt-5", ...hostileWords]);
  const totalUsage = { inputTokens: 12_345, outputTokens: 678, totalTokens: 13_023 };
  return [
    { type: "finish-step", finishReason, response: { modelId } },
    { type: "finish", finishReason, totalUsage },
  ];
}

function thought({ seed, thoughtLength }: BlockPlan, random: Random, index: number): StreamPart[] {
  const id = `thought-${index}`;
  const text = answerText(seed + index * 131, Math.ceil(random() * thoughtLength));
  const deltas = deltasOf(text, seed + index, Math.max(40, Math.ceil(thoughtLength / 20)));
  return [
    { type: "reasoning-start", id },
    ...deltas.map((delta) => ({ type: "reasoning-delta", id, text: delta })),
    { type: "reasoning-end", id },
  ];
}

/** Draws tool calls, one after the other or several at once; the events of each call stay in order. */
function toolEvents(plan: BlockPlan, random: Random): StreamPart[] {
  const events: StreamPart[] = [];
  const open: StreamPart[][] = [];
  for (let started = 0; started < plan.tools || open.length > 0; ) {
    const mayStart = started < plan.tools && open.length < plan.atOnce;
    if (mayStart && (open.length === 0 || random() < 0.5)) {
      open.push(toolCall(plan, random, started));
      started += 1;
    }
    const call = open[Math.floor(random() * open.length)];
    const event = call?.shift();
    if (event !== undefined) events.push(event);
    if (call?.length === 0) open.splice(open.indexOf(call), 1);
  }
  return events;
}

function toolCall({ detailLength }: BlockPlan, random: Random, index: number): StreamPart[] {
  // Providers count from 0 in each run, so runs that share a card use the same ids.
  const toolCallId = `call-${index}`;
  const toolName = pick(random, ["search", "查询天气", "read_file", ...hostileWords]);
  const title = random() < 0.3 ? { title: pick(random, hostileWords) } : {};
  const call = { toolCallId, toolName };
  const asked = { type: "tool-approval-request", approvalId: `approval-${index}`, toolCall: call };
  const decided = (approved: boolean) => ({
    type: "tool-approval-response",
    approvalId: `approval-${index}`,
    approved,
  });
  const value = () => detail(detailLength, random);
  const done = { type: "tool-result", ...call, output: value() };
  const ends: readonly (readonly [share: number, parts: StreamPart[]])[] = [
    [0.6, [done]],
    [0.12, [{ type: "tool-error", ...call, error: random() < 0.5 ? new Error(String(value())) : value() }]],
    [0.06, [asked, decided(false), { type: "tool-output-denied", toolCallId }]],
    [0.06, [asked, decided(true), done]],
    [0.06, [asked]],
    [0.1, []],
  ];
  let share = random();
  const end = ends.find(([part]) => {
    share -= part;
    return share < 0;
  })?.[1];
  const preliminary = random() < 0.2 ? Math.ceil(random() * 3) : 0;
  return [
    ...(random() < 0.5 ? [{ type: "tool-input-start", id: toolCallId, toolName, ...title }] : []),
    { type: "tool-call", ...call, ...title, input: value() },
    ...Array.from({ length: preliminary }, () => ({ ...done, output: value(), preliminary: true })),
    ...(end ?? [done]),
  ];
}

/** Draws the input or output of a tool, of any kind and length. */
function detail(length: number, random: Random): unknown {
  const words = () => pick(random, hostileWords).repeat(Math.ceil(random() * 3));
  const long = "行 <at id=all></at> ```\n".repeat(Math.ceil((random() * length) / 24));
  return pick(random, [
    () => undefined,
    () => ({}),
    () => words(),
    () => long,
    () => ({ query: words(), [words()]: [long, null, 42] }),
    () => [words(), { nested: { text: long } }],
    () => new Uint8Array(8),
    () => 10n ** 20n,
  ])();
}

function source(random: Random, index: number): StreamPart {
  const id = `source-${index}`;
  const title = pick(random, ["瑞利散射", "Wikipedia", ...hostileWords]);
  if (random() < 0.2) return { type: "source", sourceType: "document", id, mediaType: "text/plain", title };
  const url = random() < 0.7 ? `https://example.com/${index % 30}` : pick(random, hostileUrls);
  return { type: "source", sourceType: "url", id, url, ...(random() < 0.8 && { title }) };
}
