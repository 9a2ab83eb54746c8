import type { CardBlock } from "../contract/card-block.ts";
import type { CardDriver, CardWrite, CardWriteError, OpenedCard } from "../contract/card-driver.ts";
import { toCardWriteError } from "../contract/card-driver.ts";
import type { FinalizedBy } from "../contract/card-result.ts";
import { LazyPromise } from "../retention/lazy-promise.ts";
import type { RunTimes } from "../run/run-times.ts";
import { Wakeup } from "../wakeup.ts";
import { Pace } from "./pace.ts";
import { SharedRoom } from "./shared-room.ts";
import { type PageContent, WritePlanner, type WritePlannerOptions } from "./write-planner.ts";

export interface PageWriterOptions extends WritePlannerOptions {
  readonly driver: CardDriver;
  /** Whether the card is made at the beginning; if not, it is made when it is final. */
  readonly isStreaming: boolean;
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

/** A card that is sent once may be full for so long before it is. */
const LOOK_MS = 1_000;

/** The pump of one card: one operation at a time, each one the newest, until the card is finalized. */
export class PageWriter {
  readonly page: number;
  readonly #options: PageWriterOptions;
  readonly #host: PageHost;
  readonly #pace: Pace;
  readonly #wakeup: Wakeup;
  readonly #planner: WritePlanner;
  readonly #room: SharedRoom;
  readonly #isWanted: () => boolean;
  #state: "opening" | "streaming" | "finalized" | "lost" = "opening";
  #attempt = 0;
  #card: OpenedCard | undefined;
  /** When a card that is sent once was asked for last. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** When a client will have typed what was written last. */
  #typedAt = 0;
  #isBusy = false;
  #isStopped = false;
  readonly #lastAnswer = new LazyPromise<void>();
  finalizedBy: FinalizedBy | undefined;

  constructor(options: PageWriterOptions, page: number, host: PageHost) {
    this.#options = options;
    this.page = page;
    this.#host = host;
    this.#pace = new Pace(options.pace, options.spending);
    const kick = () => this.kick();
    this.#wakeup = new Wakeup(options.clock, kick);
    this.#room = new SharedRoom(kick);
    // The card keeps it: here, where it holds on to nothing but the writer.
    this.#isWanted = () => !this.#isStopped;
    this.#planner = new WritePlanner(options, this.#pace, this.#wakeup);
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
    return this.#planner.acknowledged;
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
    const write = this.#planner.next(content);
    if (write?.type === "finalize" && content.isHurried !== true && this.#isTyping()) return;
    if (write?.type === "text" && content.summary === undefined && this.#awaitsInput()) return;
    if (write === undefined) this.#room.giveBack();
    else if (this.#room.hasRoomFor(write, this.#card, this.acknowledged)) this.#send(this.#card, write);
  }

  /** Sends nothing new, also not what waits for room or a token. What was sent may still be answered. */
  stopSending(): void {
    this.#isStopped = true;
  }

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

  #open({ blocks: all, summary: final }: PageContent): void {
    const { page } = this;
    const { driver, isStreaming } = this.#options;
    const blocks = this.#planner.drawable(all);
    const summary = isStreaming ? undefined : final;
    const isWanted = this.#isWanted;
    this.#run({
      start: () =>
        driver.open({ blocks, page, attempt: this.#attempt, summary, isWanted, turn: this.#host.turn(page) }),
      succeeded: (card) => {
        this.#card = card;
        // A card that came final takes no write: not even the one that opening another page would lead to.
        this.#state = isStreaming ? "streaming" : "finalized";
        this.#planner.opened(card.blocks);
        this.#host.opened(this, card);
        if (!isStreaming) this.#finalized(this.#planner.isPlain ? "plain" : "changes");
      },
      failed: (error) => {
        if (error.isRetryable) return;
        // A card that streams begins with next to nothing: less of it would be refused, too.
        if (isStreaming || this.#planner.isPlain || !error.isAboutContent) {
          this.#settle("lost");
          return;
        }
        this.#planner.isPlain = true;
        this.#attempt += 1;
      },
      tooLate: (card) => {
        if (card !== undefined && isStreaming) this.#abandon(card);
      },
    });
  }

  #send(card: OpenedCard, write: CardWrite): void {
    this.#room.use();
    const leftAt = this.#options.clock.now();
    this.#pace.left(leftAt);
    this.#planner.left();
    this.#run({
      start: () => card.write(write).then(() => write),
      succeeded: () => {
        this.#pace.succeeded(this.#options.clock.now());
        if (write.type === "text") this.#typedAt = leftAt + this.#planner.typingMs(write.block);
        const by = this.#planner.succeeded(write);
        this.#host.written(this);
        if (write.type === "finalize") this.#finalized(by);
      },
      failed: (error) => this.#failed(write, error),
      tooLate: (written) => {
        if (written?.type !== "finalize") this.#abandon(card);
      },
    });
  }

  #failed(write: CardWrite, error: CardWriteError): void {
    if (error.outcome === "gone") {
      this.#openAnew();
      return;
    }
    this.#planner.failed(write, error);
    if (write.type !== "finalize") return;
    this.#lastAnswer.resolve();
    if (this.#planner.isSpent) this.#finalized(this.#planner.isClosed ? "close" : undefined);
  }

  #finalized(by: FinalizedBy | undefined): void {
    this.finalizedBy = by;
    if (by !== undefined) this.#settle("finalized");
    else if (this.#planner.isSpent) this.giveUp();
  }

  /** The card takes no more writes: another one takes its place. */
  #openAnew(): void {
    this.#attempt += 1;
    this.#card = undefined;
    this.#planner.startAnew();
    if (this.#attempt === MOST_ATTEMPTS) {
      this.#settle("lost");
      return;
    }
    this.#state = "opening";
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
    this.#room.giveBack();
    this.#wakeup.clear();
    this.#host.settled(this);
  }
}
