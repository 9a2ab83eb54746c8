import type { Clock } from "../clock.ts";
import { type CardBlock, isEmptyText, type TextBlock } from "../contract/card-block.ts";
import type { CardWrite, CardWriteError, DriverProfile } from "../contract/card-driver.ts";
import type { FinalizedBy } from "../contract/card-result.ts";
import type { RunTimes } from "../run/run-times.ts";
import { Backoff } from "./backoff.ts";
import { FinalizeLadder } from "./finalize-ladder.ts";
import { deferSmallGrowth, type Pace, type ResolvedPace, type RunSpending } from "./pace.ts";
import {
  afterUnknown,
  afterWrite,
  finalWrite,
  initiallyShown,
  isSpare,
  lastTyped,
  reconcile,
  type Shown,
  shownLength,
} from "./reconcile.ts";
import { lengthOfSentences } from "./sentence.ts";
import { smoothed } from "./smooth.ts";

/** What one card should show now; `summary` when it should be finalized with it. */
export interface PageContent {
  readonly blocks: readonly CardBlock[];
  readonly summary?: string | undefined;
  /** Somebody waits for the end: the last text need not be typed out. */
  readonly isHurried?: boolean;
}

export interface WritePlannerOptions {
  readonly driver: { readonly profile: Pick<DriverProfile, "text" | "typingMs"> };
  readonly clock: Clock;
  readonly pace: ResolvedPace;
  /** Longest time that text waits for the end of its sentence; 0 where it does not. */
  readonly sentenceMs: number;
  readonly spending: RunSpending;
  readonly times: Pick<RunTimes, "lastInputAt">;
}

/** Longest time that a card is left open for its last text to be typed. */
const MOST_TYPING_MS = 1_000;

/**
 * After so many refusals a kind of write is not tried any more: text is written as a change of its block, and
 * instead of changes the card is replaced.
 */
const MOST_REFUSALS = 3;

/** Writes so far apart bring everything: what one leaves for the next to be typed would wait for too long. */
const RARE_WRITES_MS = 500;

/** What is written to a card next, by what it shows and what it has refused. */
export class WritePlanner {
  readonly #options: WritePlannerOptions;
  readonly #pace: Pick<Pace, "periodMs">;
  /** Told when there may be something to write although nothing was said. */
  readonly #wakeup: { at(time: number): void };
  /** Text that gets through is no reason to try other changes sooner that do not. */
  #structureBackoff: Backoff | undefined;
  #shown: Shown = initiallyShown([]);
  /** Once the card is to be finalized. */
  #ladder: FinalizeLadder | undefined;
  /** Whether the platform takes texts that stand ready: where it may be these that it refuses, there are none any more. */
  #spares: "untried" | "taken" | "refused" = "untried";
  /** How often the platform has refused a kind of write for good. */
  readonly #refusals = { text: 0, structure: 0 };
  /** The last text could not be written. */
  #isTextFailing = false;
  /** The platform refuses to draw the text: it is shown as it is. */
  isPlain = false;
  /** It refuses that, too; only the end may still work. */
  #isStuck = false;
  /** When the last write left. */
  #leftAt = 0;

  constructor(
    options: WritePlannerOptions,
    pace: Pick<Pace, "periodMs">,
    wakeup: { at(time: number): void },
  ) {
    this.#options = options;
    this.#pace = pace;
    this.#wakeup = wakeup;
  }

  /** What the platform acknowledged. */
  get acknowledged(): readonly CardBlock[] {
    return this.#shown.blocks;
  }

  /** No way to finalize the card is left. */
  get isSpent(): boolean {
    return this.#ladder?.isSpent === true;
  }

  /** Its stream was closed over what it shows, at least. */
  get isClosed(): boolean {
    return this.#ladder?.isClosed === true;
  }

  /** The card is there, and shows this. */
  opened(blocks: readonly CardBlock[]): void {
    this.#shown = initiallyShown(blocks);
  }

  /** The card is gone, and another one will take its place. */
  startAnew(): void {
    this.#shown = initiallyShown([]);
    this.#ladder = undefined;
    this.#isStuck = false;
  }

  /** As the platform is thought to draw them. */
  drawable(blocks: readonly CardBlock[]): readonly CardBlock[] {
    if (this.isPlain) return plain(blocks);
    if (this.#spares !== "refused") return blocks;
    return blocks.filter((block) => !isEmptyText(block));
  }

  next({ blocks: all, summary, isHurried = false }: PageContent): CardWrite | undefined {
    if (summary === undefined) return this.#isStuck ? undefined : this.#nextFrame(this.drawable(all));
    this.#ladder ??= new FinalizeLadder();
    const { rung } = this.#ladder;
    const blocks = rung === "plain" ? plain(all) : this.drawable(all);
    const isTyped = !isHurried && !this.#isTextFailing && rung === "changes";
    const last = isTyped ? lastTyped(this.#shown, blocks) : undefined;
    return last ?? finalWrite(this.#shown, blocks, summary, rung === "plain" ? "replace" : rung);
  }

  left(): void {
    this.#leftAt = this.#options.clock.now();
  }

  /** @returns by which resort the card is final, if it is. */
  succeeded(write: CardWrite): FinalizedBy | undefined {
    if (write.type !== "text") this.#structureBackoff?.succeeded();
    this.#shown = afterWrite(this.#shown, write);
    if (this.#shown.blocks.some(isEmptyText)) this.#spares = "taken";
    this.#isStuck = false;
    this.#isTextFailing = false;
    if (write.type !== "finalize") return undefined;
    const by = this.#ladder?.succeeded();
    // A card that had become plain text before its end is final as such.
    return this.isPlain && (by === "changes" || by === "replace") ? "plain" : by;
  }

  failed(write: CardWrite, error: CardWriteError): void {
    if (write.type === "text") this.#isTextFailing = true;
    if (write.type === "structure") {
      const now = this.#options.clock.now();
      this.#structureBackoff ??= new Backoff();
      this.#structureBackoff.failed(now, error, now - this.#leftAt);
    }
    if (error.outcome === "unknown") this.#shown = afterUnknown(this.#shown);
    if (write.type === "finalize") this.#ladder?.failed(error);
    else if (error.outcome === "refused" && !error.isRetryable) this.#refused(write, error);
  }

  /** Time that a client takes to type what a write adds to a text. */
  typingMs(block: TextBlock): number {
    const characters = block.text.length - shownLength(this.#shown, block.id);
    return Math.min(characters * (this.#options.driver.profile.typingMs ?? 0), MOST_TYPING_MS);
  }

  /** What the card takes is not what was thought: it is replaced, then replaced with less to draw. */
  #refused(write: Exclude<CardWrite, { type: "finalize" }>, error: CardWriteError): void {
    this.#shown = afterUnknown(this.#shown);
    if (write.type !== "replace") {
      this.#refusals[write.type] += 1;
      const bringsSpares = write.type === "structure" && write.changes.some(isSpare);
      if (this.#spares === "untried" && bringsSpares) this.#spares = "refused";
      return;
    }
    this.#isStuck = this.isPlain || !error.isAboutContent;
    this.isPlain ||= error.isAboutContent;
  }

  #nextFrame(blocks: readonly CardBlock[]): CardWrite | undefined {
    const { clock, driver, times, pace, sentenceMs } = this.#options;
    const quietAt = times.lastInputAt + pace.intervalMs;
    const isWhole = quietAt <= clock.now() || driver.profile.text === "append";
    const due = isWhole ? blocks : deferSmallGrowth(this.#shown.blocks, blocks);
    const structureFrom = this.#structureBackoff?.until() ?? 0;
    const isTextOnly = structureFrom > clock.now();
    const isRare = this.#pace.periodMs >= RARE_WRITES_MS && sentenceMs === 0;
    const text = isRare && driver.profile.text === "prefix" ? "full" : driver.profile.text;
    const write = reconcile(this.#shown, due, { text, isTextOnly });
    if (isTextOnly) this.#wakeup.at(structureFrom);
    // What is deferred is shown at the latest when nothing more comes.
    if (write === undefined && due !== blocks) this.#wakeup.at(quietAt);
    if (write?.type === "structure" && this.#refusals.structure >= MOST_REFUSALS) {
      return { type: "replace", blocks: due };
    }
    if (write?.type !== "text") return write;
    if (this.#refusals.text >= MOST_REFUSALS) {
      return { type: "structure", changes: [{ type: "update", block: write.block }] };
    }
    if (sentenceMs > 0) return this.#bySentence(write);
    return text === "prefix" && quietAt > clock.now() ? this.#smoothly(write) : write;
  }

  /** Spreads text that has gathered while the card was changed in another way. */
  #smoothly(write: CardWrite & { type: "text" }): CardWrite {
    const block = smoothed(write.block, shownLength(this.#shown, write.block.id), this.#usual());
    return block === undefined ? write : { type: "text", block };
  }

  /** Characters that come between two writes. */
  #usual(): number {
    const { writingMs, characters } = this.#options.spending;
    const { periodMs } = this.#pace;
    return (characters * periodMs) / Math.max(writingMs, periodMs, 1);
  }

  /** Leaves the beginning of a sentence for later, where text is shown by sentences. */
  #bySentence(write: CardWrite & { type: "text" }): CardWrite | undefined {
    const { clock, sentenceMs } = this.#options;
    const latest = this.#leftAt + sentenceMs;
    if (latest <= clock.now()) return write;
    const from = shownLength(this.#shown, write.block.id);
    const length = lengthOfSentences(write.block.text.slice(from));
    this.#wakeup.at(latest);
    return length === 0
      ? undefined
      : { type: "text", block: { ...write.block, text: write.block.text.slice(0, from + length) } };
  }
}

/** The answer as it is, and how the run ended: what any platform can draw. */
function plain(blocks: readonly CardBlock[]): CardBlock[] {
  return blocks.flatMap((block): CardBlock[] => {
    if (block.type === "status") return [block];
    if (block.type !== "text" || block.isReasoning || block.text === "") return [];
    const { within: _within, ...text } = block;
    return [{ ...text, isPlain: true }];
  });
}
