import type { CardDriver, CardWrite, CardWriteError, OpenedCard } from "./card-driver.ts";
import { toCardWriteError } from "./card-driver.ts";
import type { CardBlock } from "./card-view.ts";
import type { Clock } from "./clock.ts";
import { deferSmallGrowth, Pace } from "./pace.ts";
import { afterUnknown, afterWrite, finalWrite, initiallyShown, reconcile, type Shown } from "./reconcile.ts";

/** What one card should show now; `summary` when it should be finalized with it. */
export interface PageContent {
  readonly blocks: readonly CardBlock[];
  readonly summary?: string | undefined;
}

export interface PageWriterOptions {
  readonly page: number;
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly intervalMs: number;
  /** Asked each time a write may leave, so that each write brings what is newest. */
  readonly content: () => PageContent;
  /** When the run said something last. */
  readonly lastInputAt: () => number;
  readonly onOpened: (card: OpenedCard) => void;
  readonly onWritten: () => void;
  readonly onTrouble: (error: CardWriteError) => void;
  /** The card is finalized, or given up. */
  readonly onSettled: () => void;
}

const ladder = ["changes", "replace", "close"] as const;
const TRIES_PER_RUNG = 2;

/** The pump of one card: one operation at a time, each one the newest, until the card is finalized. */
export class PageWriter {
  readonly #options: PageWriterOptions;
  readonly #pace: Pace;
  #state: "opening" | "streaming" | "finalized" | "lost" = "opening";
  #card: OpenedCard | undefined;
  #shown: Shown = initiallyShown([]);
  #isBusy = false;
  #timer: unknown;
  #timerAt = Number.POSITIVE_INFINITY;
  #rung = 0;
  #failures = 0;
  /** The platform refuses what we want to show; only the end may still work. */
  #isStuck = false;

  constructor(options: PageWriterOptions) {
    this.#options = options;
    this.#pace = new Pace(options.intervalMs);
  }

  get card(): OpenedCard | undefined {
    return this.#card;
  }

  get isSettled(): boolean {
    return this.#state === "finalized" || this.#state === "lost";
  }

  get isFinalized(): boolean {
    return this.#state === "finalized";
  }

  /** What the platform acknowledged; after an operation of unknown outcome, nothing is certain. */
  get acknowledged(): readonly CardBlock[] {
    return this.#shown.blocks ?? [];
  }

  /** Something may have changed: writes it as soon as the pace allows. */
  kick(): void {
    if (this.#isBusy || this.isSettled) return;
    if (!this.#isDue("finalize")) return;
    if (this.#card === undefined) {
      this.#open();
      return;
    }
    const content = this.#options.content();
    if (content.summary === undefined && !this.#isDue("frame")) return;
    const write = this.#nextWrite(content);
    if (write !== undefined) this.#send(write);
  }

  /** Whether the pace allows a write now; if not, the writer comes back when it does. */
  #isDue(kind: "frame" | "finalize"): boolean {
    const at = this.#pace.earliest(kind);
    if (at <= this.#options.clock.now()) return true;
    this.#wakeAt(at);
    return false;
  }

  /** Stops trying. What is under way may still arrive. */
  giveUp(): void {
    if (!this.isSettled) this.#settle("lost");
  }

  #nextWrite({ blocks, summary }: PageContent): CardWrite | undefined {
    if (summary !== undefined) return finalWrite(this.#shown, blocks, summary, ladder[this.#rung] ?? "close");
    if (this.#isStuck) return undefined;
    const { clock, driver, lastInputAt, intervalMs } = this.#options;
    const quietAt = lastInputAt() + intervalMs;
    const due = quietAt <= clock.now() ? blocks : deferSmallGrowth(this.#shown.blocks, blocks);
    const write = reconcile(this.#shown, due, driver.profile);
    // What is deferred is shown at the latest when nothing more comes.
    if (write === undefined && due !== blocks) this.#wakeAt(quietAt);
    return write;
  }

  #open(): void {
    const { driver, page } = this.#options;
    const { blocks } = this.#options.content();
    this.#run(
      () => driver.open({ blocks, page }),
      (card) => {
        this.#card = card;
        this.#state = "streaming";
        this.#shown = initiallyShown(blocks);
        this.#options.onOpened(card);
      },
      (error) => {
        if (!error.isRetryable) this.#settle("lost");
      },
    );
  }

  #send(write: CardWrite): void {
    const card = this.#card;
    if (card === undefined) return;
    this.#run(
      () => card.write(write),
      () => {
        this.#shown = afterWrite(this.#shown, write);
        this.#isStuck = false;
        this.#failures = 0;
        this.#options.onWritten();
        if (write.type === "finalize") this.#settle("finalized");
      },
      (error) => this.#failed(write, error),
    );
  }

  #failed(write: CardWrite, error: CardWriteError): void {
    if (error.outcome === "gone") this.#settle("lost");
    else if (write.type === "finalize") this.#climb(error);
    else if (error.outcome === "unknown") this.#shown = afterUnknown(this.#shown);
    else if (error.isRetryable) return;
    else if (write.type === "replace") this.#isStuck = true;
    else this.#shown = afterUnknown(this.#shown);
  }

  /** Finalizing failed: again in the same way where that may help, else in the next one. */
  #climb(error: CardWriteError): void {
    this.#failures += 1;
    const isTop = this.#rung === ladder.length - 1;
    if (isTop && !error.isRetryable) this.#settle("lost");
    if (error.isRetryable && this.#failures < TRIES_PER_RUNG) return;
    this.#rung = isTop ? 0 : this.#rung + 1;
    this.#failures = 0;
  }

  #run<Result>(
    operation: () => Promise<Result>,
    succeeded: (result: Result) => void,
    failed: (error: CardWriteError) => void,
  ): void {
    const { clock } = this.#options;
    this.#isBusy = true;
    const settle = (after: () => void) => {
      this.#isBusy = false;
      if (!this.isSettled) after();
      if (!this.isSettled) this.kick();
    };
    operation().then(
      (result) =>
        settle(() => {
          this.#pace.succeeded(clock.now());
          succeeded(result);
        }),
      (thrown) =>
        settle(() => {
          const error = toCardWriteError(thrown);
          this.#pace.failed(clock.now(), error);
          this.#options.onTrouble(error);
          failed(error);
        }),
    );
  }

  #wakeAt(at: number): void {
    if (at >= this.#timerAt) return;
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = clock.setTimeout(() => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.kick();
    }, at - clock.now());
  }

  #settle(state: "finalized" | "lost"): void {
    this.#state = state;
    this.#options.clock.clearTimeout(this.#timer);
    this.#options.onSettled();
  }
}
