import { Backoff } from "./backoff.ts";
import type { CardDriver, CardWrite, CardWriteError, OpenedCard } from "./card-driver.ts";
import { toCardWriteError } from "./card-driver.ts";
import type { FinalizedBy } from "./card-result.ts";
import type { CardBlock, TextBlock } from "./card-view.ts";
import type { Clock } from "./clock.ts";
import { FinalizeLadder } from "./finalize-ladder.ts";
import { LazyPromise } from "./lazy-promise.ts";
import { deferSmallGrowth, Pace, type ResolvedPace, type RunSpending } from "./pace.ts";
import {
  afterUnknown,
  afterWrite,
  finalWrite,
  initiallyShown,
  lastTyped,
  reconcile,
  type Shown,
  shownLength,
} from "./reconcile.ts";
import type { RunTimes } from "./run-times.ts";
import { lengthOfSentences } from "./sentence.ts";
import { smoothed } from "./smooth.ts";
import { Wakeup } from "./wakeup.ts";

/** What one card should show now; `summary` when it should be finalized with it. */
export interface PageContent {
  readonly blocks: readonly CardBlock[];
  readonly summary?: string | undefined;
  /** Somebody waits for the end: the last text need not be typed out. */
  readonly isHurried?: boolean;
}

export interface PageWriterOptions {
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly pace: ResolvedPace;
  /** Whether the card is made at the beginning; if not, it is made when it is final. */
  readonly isStreaming: boolean;
  /** Longest time that text waits for the end of its sentence; 0 where it does not. */
  readonly sentenceMs: number;
  readonly spending: RunSpending;
  readonly times: Pick<RunTimes, "lastInputAt" | "inputGapMs">;
  readonly listener: { onTrouble(error: CardWriteError): void };
}

/** What a writer asks and tells those who know of all pages. */
export interface PageHost {
  /** Asked each time a write may leave, so that each write brings what is newest. */
  content(page: number): PageContent;
  /** When the reader may see a card. */
  turn(page: number): Promise<void> | undefined;
  opened(writer: PageWriter, card: OpenedCard): void;
  written(writer: PageWriter): void;
  /** It was told to send nothing new, and nothing is under way any more. */
  idle(): void;
  /** The card is finalized, or given up. */
  settled(writer: PageWriter): void;
}

/** A card that is gone is replaced by a new one so many times. */
const MOST_ATTEMPTS = 3;

/** Longest time that a card is left open for its last text to be typed. */
const MOST_TYPING_MS = 1_000;

/** A card that is sent once may be full for so long before it is. */
const LOOK_MS = 1_000;

/**
 * After so many refusals a kind of write is not tried any more: text is written as a change of its block, and
 * instead of changes the card is replaced.
 */
const MOST_REFUSALS = 3;

/** The pump of one card: one operation at a time, each one the newest, until the card is finalized. */
export class PageWriter {
  readonly page: number;
  readonly #options: PageWriterOptions;
  readonly #host: PageHost;
  readonly #pace: Pace;
  readonly #wakeup: Wakeup;
  /** Text that gets through is no reason to try other changes sooner that do not. */
  readonly #structureBackoff = new Backoff();
  #state: "opening" | "streaming" | "finalized" | "lost" = "opening";
  #attempt = 0;
  #card: OpenedCard | undefined;
  #shown: Shown = initiallyShown([]);
  #writtenAt = 0;
  /** When a card that is sent once was asked for last. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** When a client will have typed what was written last. */
  #typedAt = 0;
  /** The last text could not be written. */
  #isTextFailing = false;
  #isBusy = false;
  #isStopped = false;
  #room: { readonly key: string; isGranted: boolean; giveBack: () => void } | undefined;
  #ladder = new FinalizeLadder();
  readonly #lastAnswer = new LazyPromise<void>();
  /** How often the platform has refused a kind of write for good. */
  readonly #refusals = { text: 0, structure: 0 };
  /** The platform refuses to draw the text: it is shown as it is. */
  #isPlain = false;
  /** It refuses that, too; only the end may still work. */
  #isStuck = false;
  finalizedBy: FinalizedBy | undefined;

  constructor(options: PageWriterOptions, page: number, host: PageHost) {
    this.#options = options;
    this.page = page;
    this.#host = host;
    this.#pace = new Pace(options.pace, options.spending);
    this.#wakeup = new Wakeup(options.clock, () => this.kick());
  }

  get card(): OpenedCard | undefined {
    return this.#card;
  }

  /** Time between two writes as things are, in milliseconds. */
  get periodMs(): number {
    return this.#pace.periodMs;
  }

  /** A call is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isSettled(): boolean {
    return this.#state === "finalized" || this.#state === "lost";
  }

  get isFinalized(): boolean {
    return this.#state === "finalized";
  }

  /** Resolves once the write that is to finalize the card is answered: another card will hardly take its place then. */
  get lastAnswer(): Promise<void> {
    return this.#lastAnswer.promise;
  }

  /** What the platform acknowledged. */
  get acknowledged(): readonly CardBlock[] {
    return this.#shown.blocks;
  }

  /** Something may have changed: writes it as soon as the pace allows. */
  kick(): void {
    if (this.#isBusy || this.isSettled || this.#isStopped || !this.#isDue("finalize")) return;
    if (!this.#options.isStreaming && !this.#isLookDue()) return;
    const content = this.#host.content(this.page);
    if (this.#card === undefined) {
      if (this.#options.isStreaming || content.summary !== undefined) this.#open(content);
      return;
    }
    if (content.summary === undefined && !this.#isDue("frame")) return;
    const write = this.#nextWrite(content);
    if (write?.type === "finalize" && content.isHurried !== true && this.#isTyping()) return;
    if (write?.type === "text" && content.summary === undefined && this.#awaitsInput()) return;
    if (write === undefined) this.#giveBackRoom();
    else if (this.#hasRoom(this.#card, write)) this.#send(this.#card, write);
  }

  /** Sends nothing new, also not what waits for room or a token. What was sent may still be answered. */
  stopSending(): void {
    this.#isStopped = true;
  }

  /** Kept by the card, and so in a scope of its own. */
  readonly #isWanted = () => !this.#isStopped;

  /** Stops trying. What is under way may still arrive; then the card is closed at least. */
  giveUp(): void {
    if (this.isSettled) return;
    this.stopSending();
    const card = this.#card;
    this.#settle("lost");
    if (card !== undefined && !this.#isBusy) this.#abandon(card);
  }

  /** Whether the pace allows a write now; if not, the writer comes back when it does. */
  #isDue(kind: "frame" | "finalize"): boolean {
    const at = Math.max(this.#pace.earliest(kind), this.#card?.freeAt ?? 0);
    if (at <= this.#options.clock.now()) return true;
    this.#wakeup.at(at);
    return false;
  }

  /** A card that is sent once is asked for now and then, whether it is full. */
  #isLookDue(): boolean {
    const { clock, spending } = this.#options;
    const at = spending.hasEnded ? 0 : this.#lookedAt + LOOK_MS;
    if (at > clock.now()) {
      this.#wakeup.at(at);
      return false;
    }
    this.#lookedAt = clock.now();
    return true;
  }

  /** Whether the reader still sees the last text being typed; if so, the writer comes back afterwards. */
  #isTyping(): boolean {
    if (this.#typedAt <= this.#options.clock.now()) return false;
    this.#wakeup.at(this.#typedAt);
    return true;
  }

  /** Whether more text is worth waiting for; if so, the writer comes back with it, or without. */
  #awaitsInput(): boolean {
    const until = this.#pace.waitsUntil(this.#options.times);
    if (until <= this.#options.clock.now()) return false;
    this.#wakeup.at(until);
    return true;
  }

  /** Whether a budget that is shared with other cards has room; if not, the writer comes back when it has. */
  #hasRoom(card: OpenedCard, write: CardWrite): boolean {
    if (card.reserve === undefined) return true;
    const hasText = this.acknowledged.some((block) => block.type === "text" && block.text !== "");
    const urgency = write.type === "finalize" || !hasText ? "urgent" : "frame";
    const key = `${urgency} ${write.type} ${write.type === "finalize" ? write.how : ""}`;
    if (this.#room?.key !== key) {
      this.#giveBackRoom();
      const room = { key, isGranted: false, giveBack: () => {} };
      this.#room = room;
      let isAsking = true;
      room.giveBack = card.reserve(write, urgency, () => {
        room.isGranted = true;
        if (!isAsking) this.kick();
      });
      isAsking = false;
    }
    return this.#room.isGranted;
  }

  #giveBackRoom(): void {
    this.#room?.giveBack();
    this.#room = undefined;
  }

  #nextWrite({ blocks: all, summary, isHurried = false }: PageContent): CardWrite | undefined {
    const isFinal = summary !== undefined;
    const isPlain = this.#isPlain || (isFinal && this.#ladder.rung === "plain");
    const blocks = isPlain ? plain(all) : all;
    if (isFinal) {
      const { rung } = this.#ladder;
      const isTyped = !isHurried && !this.#isTextFailing && rung === "changes";
      const last = isTyped ? lastTyped(this.#shown, blocks) : undefined;
      if (last !== undefined) return last;
      return finalWrite(this.#shown, blocks, summary, rung === "plain" ? "replace" : rung);
    }
    if (this.#isStuck) return undefined;
    const { clock, driver, times, pace } = this.#options;
    const quietAt = times.lastInputAt + pace.intervalMs;
    const isWhole = quietAt <= clock.now() || driver.profile.text === "append";
    const due = isWhole ? blocks : deferSmallGrowth(this.#shown.blocks, blocks);
    const structureFrom = this.#structureBackoff.until();
    const isTextOnly = structureFrom > clock.now();
    const write = reconcile(this.#shown, due, { text: driver.profile.text, isTextOnly });
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
    return this.#options.sentenceMs > 0 ? this.#bySentence(write) : this.#smoothly(write, quietAt);
  }

  /** Spreads text that has gathered while the card was changed in another way. */
  #smoothly(write: CardWrite & { type: "text" }, quietAt: number): CardWrite {
    const { clock, driver } = this.#options;
    if (driver.profile.text !== "prefix" || quietAt <= clock.now()) return write;
    const block = smoothed(write.block, shownLength(this.#shown, write.block.id), this.#usual());
    return block === undefined ? write : { type: "text", block };
  }

  /** Characters that come between two writes. */
  #usual(): number {
    const { writingMs, characters } = this.#options.spending;
    const { periodMs } = this.#pace;
    return (characters * periodMs) / Math.max(writingMs, periodMs, 1);
  }

  /** Time that a client takes to type what a write adds to a text. */
  #typingMs(block: TextBlock): number {
    const characters = block.text.length - shownLength(this.#shown, block.id);
    return Math.min(characters * (this.#options.driver.profile.typingMs ?? 0), MOST_TYPING_MS);
  }

  /** Leaves the beginning of a sentence for later, where text is shown by sentences. */
  #bySentence(write: CardWrite & { type: "text" }): CardWrite | undefined {
    const { clock, sentenceMs } = this.#options;
    const latest = this.#writtenAt + sentenceMs;
    if (latest <= clock.now()) return write;
    const from = shownLength(this.#shown, write.block.id);
    const length = lengthOfSentences(write.block.text.slice(from));
    this.#wakeup.at(latest);
    return length === 0
      ? undefined
      : { type: "text", block: { ...write.block, text: write.block.text.slice(0, from + length) } };
  }

  #open({ blocks: all, summary: final }: PageContent): void {
    const { page } = this;
    const { driver, isStreaming } = this.#options;
    const blocks = this.#isPlain ? plain(all) : all;
    const summary = isStreaming ? undefined : final;
    const isWanted = this.#isWanted;
    this.#run({
      start: () =>
        driver.open({ blocks, page, attempt: this.#attempt, summary, isWanted, turn: this.#host.turn(page) }),
      succeeded: (card) => {
        this.#card = card;
        // A card that came final takes no write: not even the one that opening another page would lead to.
        this.#state = isStreaming ? "streaming" : "finalized";
        this.#shown = initiallyShown(card.blocks);
        this.#host.opened(this, card);
        if (!isStreaming) this.#finalized(this.#isPlain ? "plain" : "changes");
      },
      failed: (error) => {
        if (error.isRetryable) return;
        // A card that streams begins with next to nothing: less of it would be refused, too.
        if (isStreaming || this.#isPlain || !error.isAboutContent) {
          this.#settle("lost");
          return;
        }
        this.#isPlain = true;
        this.#attempt += 1;
      },
      tooLate: (card) => {
        if (card !== undefined && isStreaming) this.#abandon(card);
      },
    });
  }

  #send(card: OpenedCard, write: CardWrite): void {
    this.#room = undefined;
    this.#writtenAt = this.#options.clock.now();
    this.#pace.left(this.#writtenAt);
    this.#run({
      start: () => card.write(write).then(() => write),
      succeeded: () => {
        const now = this.#options.clock.now();
        this.#pace.succeeded(now);
        if (write.type === "text") this.#typedAt = this.#writtenAt + this.#typingMs(write.block);
        if (write.type !== "text") this.#structureBackoff.succeeded();
        this.#shown = afterWrite(this.#shown, write);
        this.#isStuck = false;
        this.#isTextFailing = false;
        this.#host.written(this);
        if (write.type === "finalize") this.#finalized(this.#asDrawn(this.#ladder.succeeded()));
      },
      failed: (error) => this.#failed(write, error),
      tooLate: (written) => {
        if (written?.type !== "finalize") this.#abandon(card);
      },
    });
  }

  #failed(write: CardWrite, error: CardWriteError): void {
    if (write.type === "text") this.#isTextFailing = true;
    if (write.type === "structure") {
      const now = this.#options.clock.now();
      this.#structureBackoff.failed(now, error, now - this.#writtenAt);
    }
    if (error.outcome === "gone") {
      this.#openAnew();
      return;
    }
    if (error.outcome === "unknown") this.#shown = afterUnknown(this.#shown);
    if (write.type === "finalize") {
      this.#ladder.failed(error);
      this.#lastAnswer.resolve();
      if (this.#ladder.isSpent) this.#finalized(this.#ladder.isClosed ? "close" : undefined);
    } else if (error.outcome === "refused" && !error.isRetryable) {
      // What the card takes is not what was thought: it is replaced, then replaced with less to draw.
      this.#shown = afterUnknown(this.#shown);
      if (write.type !== "replace") {
        this.#refusals[write.type] += 1;
        return;
      }
      this.#isStuck = this.#isPlain || !error.isAboutContent;
      this.#isPlain ||= error.isAboutContent;
    }
  }

  /** A card that had become plain text before its end is final as such. */
  #asDrawn(by: FinalizedBy | undefined): FinalizedBy | undefined {
    return this.#isPlain && (by === "changes" || by === "replace") ? "plain" : by;
  }

  #finalized(by: FinalizedBy | undefined): void {
    this.finalizedBy = by;
    if (by !== undefined) this.#settle("finalized");
    else if (this.#ladder.isSpent) this.giveUp();
  }

  /** The card takes no more writes: another one takes its place. */
  #openAnew(): void {
    this.#attempt += 1;
    this.#card = undefined;
    this.#shown = initiallyShown([]);
    if (this.#attempt === MOST_ATTEMPTS) {
      this.#settle("lost");
      return;
    }
    this.#state = "opening";
    this.#ladder = new FinalizeLadder();
    this.#isStuck = false;
  }

  /** Closes the stream of a card that is given up, so that it does not say "generating" for ever. */
  #abandon(card: OpenedCard): void {
    const { blocks, summary = "" } = this.#host.content(this.page);
    card.write({ type: "finalize", how: "close", blocks, changes: [], summary }).catch(() => {});
  }

  #run<Result>(operation: {
    start: () => Promise<Result>;
    succeeded: (result: Result) => void;
    failed: (error: CardWriteError) => void;
    /** It ended after the card was given up. */
    tooLate: (result: Result | undefined) => void;
  }): void {
    this.#isBusy = true;
    const { clock, listener } = this.#options;
    const startedAt = clock.now();
    const settle = (after: () => void) => {
      this.#isBusy = false;
      after();
      if (this.isSettled) return;
      if (this.#isStopped) this.#host.idle();
      else this.kick();
    };
    operation.start().then(
      (result) => settle(() => (this.isSettled ? operation.tooLate(result) : operation.succeeded(result))),
      (thrown) =>
        settle(() => {
          if (this.isSettled) {
            operation.tooLate(undefined);
            return;
          }
          const error = toCardWriteError(thrown);
          this.#pace.failed(clock.now(), error, clock.now() - startedAt);
          listener.onTrouble(error);
          operation.failed(error);
        }),
    );
  }

  #settle(state: "finalized" | "lost"): void {
    this.#state = state;
    this.#lastAnswer.resolve();
    this.#giveBackRoom();
    this.#wakeup.clear();
    this.#host.settled(this);
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
