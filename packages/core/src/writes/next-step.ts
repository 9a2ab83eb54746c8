import type { CardBlock } from "../contract/card-block.ts";
import type { CardWrite } from "../contract/card-driver.ts";
import { type CardProgress, plainBlocks } from "./card-progress.ts";
import { deferSmallGrowth } from "./defer-growth.ts";
import { finalWrite, lastTyped, reconcile, shownLength } from "./reconcile.ts";
import { lengthOfSentences } from "./sentence.ts";
import { smoothed } from "./smooth.ts";

/** Blocks that one card should show now. */
export interface CardContent {
  readonly blocks: readonly CardBlock[];
  /** Line for the chat list; given when the card should be finalized with these blocks. */
  readonly summary?: string | undefined;
  /** Somebody waits for the end, so the last text need not be typed out. */
  readonly isHurried?: boolean;
}

/** Times that decide about a step, in the clock's milliseconds; one in the past holds nothing up. */
export interface StepTimes {
  readonly now: number;
  /** The pace allows a write that opens or finalizes the card. */
  readonly finalizeFrom: number;
  /** The pace allows any other write. */
  readonly frameFrom: number;
  /** An interval has passed without input, so growth that was deferred is due. */
  readonly quietFrom: number;
  /** The next input is so near that a write with text waits for it, until then. */
  readonly nextInputAt: number;
  /** A client will have typed the text that was written last. */
  readonly typedAt: number;
  /** Text waits for the end of its sentence until then; absent where text is not shown by sentences. */
  readonly sentenceUntil?: number | undefined;
  /** Time between two writes as things are, in milliseconds. */
  readonly periodMs: number;
  /** Characters that the run says in that time. */
  readonly charactersPerPeriod: number;
}

/** Reason why nothing is written now. */
type WaitReason =
  /** The pace: the interval, the platform's limit, a back-off, a budget. */
  | "pace"
  /** The next input is near, and a write that leaves now would just miss it. */
  | "input"
  /** A large block has grown by too little to be sent whole. */
  | "growth"
  /** The sentence is not complete. */
  | "sentence"
  /** Changes of the structure were refused and are tried again later. */
  | "structure"
  /** The last text is still being typed before the reader's eyes. */
  | "typing";

/** Next thing to do with a card. */
export type Step =
  | { readonly do: "open"; readonly blocks: readonly CardBlock[] }
  | { readonly do: "write"; readonly write: CardWrite }
  /** `write`: the write that would leave if nothing more came. */
  | { readonly do: "wait"; readonly until: number; readonly why: WaitReason; readonly write?: CardWrite }
  /** The card shows all that it should, or takes no write but one that finalizes it. */
  | { readonly do: "idle" };

const IDLE: Step = { do: "idle" };

/**
 * Period in milliseconds from which on a write brings all new text at once, because the next one is too far away to
 * bring the rest.
 */
const RARE_WRITES_MS = 500;

/**
 * Decides what to do with a card that has no call in flight. Pure: the same arguments give the same step.
 *
 * @param progress Blocks that the card shows, and writes that it refused.
 * @param content Blocks that it should show.
 * @param times Times from which on each kind of write may leave.
 */
export function nextStep(progress: CardProgress, content: CardContent, times: StepTimes): Step {
  const { now, finalizeFrom, frameFrom } = times;
  if (finalizeFrom > now) return { do: "wait", until: finalizeFrom, why: "pace" };
  if (!progress.isOpen) return { do: "open", blocks: progress.drawable(content.blocks) };
  const { summary } = content;
  if (summary !== undefined) return finalStep(progress, { ...content, summary }, times);
  if (frameFrom > now) return { do: "wait", until: frameFrom, why: "pace" };
  return progress.isStuck ? IDLE : frameStep(progress, progress.drawable(content.blocks), times);
}

/** Types the last text out first where that is worth a write of its own, then finalizes. */
function finalStep(
  progress: CardProgress,
  { blocks: all, summary, isHurried = false }: CardContent & { readonly summary: string },
  { now, typedAt }: StepTimes,
): Step {
  const { rung, shown } = progress;
  const blocks = rung === "plain" ? plainBlocks(all) : progress.drawable(all);
  const isTyped = !isHurried && !progress.isTextFailing && rung === "changes";
  const last = isTyped ? lastTyped(shown, blocks) : undefined;
  if (last !== undefined) return { do: "write", write: last };
  const write = finalWrite(shown, blocks, summary, rung === "plain" ? "replace" : rung);
  return isHurried || typedAt <= now
    ? { do: "write", write }
    : { do: "wait", until: typedAt, why: "typing", write };
}

function frameStep(progress: CardProgress, blocks: readonly CardBlock[], times: StepTimes): Step {
  const { now, quietFrom, periodMs, sentenceUntil } = times;
  const { shown, typing, structureFrom } = progress;
  const isQuiet = quietFrom <= now;
  const due = isQuiet || typing === "append" ? blocks : deferSmallGrowth(shown.blocks, blocks);
  const isTextOnly = structureFrom > now;
  const isRare = periodMs >= RARE_WRITES_MS && sentenceUntil === undefined;
  const text = isRare && typing === "prefix" ? "full" : typing;
  const write = reconcile(shown, due, { text, isTextOnly });
  if (write === undefined) {
    const isDeferred = due !== blocks;
    if (isDeferred && !(isTextOnly && structureFrom < quietFrom)) {
      return { do: "wait", until: quietFrom, why: "growth" };
    }
    return isTextOnly ? { do: "wait", until: structureFrom, why: "structure" } : IDLE;
  }
  if (write.type === "structure" && progress.cannotChange) {
    return { do: "write", write: { type: "replace", blocks: due } };
  }
  if (write.type !== "text") return { do: "write", write };
  if (progress.cannotStreamText) {
    const changes = [{ type: "update", block: write.block }] as const;
    return { do: "write", write: { type: "structure", changes } };
  }
  if (sentenceUntil !== undefined) return sentenceStep(write, shownLength(shown, write.block.id), times);
  return textStep(text === "prefix" && !isQuiet ? spread(progress, write, times) : write, times);
}

type TextWrite = Extract<CardWrite, { type: "text" }>;

/** Writes a text, unless the next input is near. */
function textStep(write: TextWrite, { now, nextInputAt }: StepTimes): Step {
  return nextInputAt > now ? { do: "wait", until: nextInputAt, why: "input", write } : { do: "write", write };
}

/** Leaves the beginning of a sentence for later, until it has waited for too long. */
function sentenceStep(write: TextWrite, from: number, times: StepTimes): Step {
  const { now, sentenceUntil = now } = times;
  if (sentenceUntil <= now) return textStep(write, times);
  const { block } = write;
  const length = lengthOfSentences(block.text.slice(from));
  if (length === 0) return { do: "wait", until: sentenceUntil, why: "sentence" };
  return textStep({ type: "text", block: { ...block, text: block.text.slice(0, from + length) } }, times);
}

/** Spreads text that has gathered while the card was changed in another way over the next writes. */
function spread(progress: CardProgress, write: TextWrite, { charactersPerPeriod }: StepTimes): TextWrite {
  const from = shownLength(progress.shown, write.block.id);
  const block = smoothed(write.block, from, charactersPerPeriod);
  return block === undefined ? write : { type: "text", block };
}
