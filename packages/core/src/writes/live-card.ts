import type { Clock } from "../clock.ts";
import type { CardBlock } from "../contract/card-block.ts";
import type { CardDriver, CardWrite, CardWriteError, OpenedCard } from "../contract/card-driver.ts";
import { toCardWriteError } from "../contract/card-driver.ts";
import type { FinalizedBy } from "../contract/card-result.ts";
import { LazyPromise } from "../retention/lazy-promise.ts";
import { CardProgress } from "./card-progress.ts";
import type { CardContent } from "./next-step.ts";
import type { Pace } from "./pace.ts";
import { SharedRoom } from "./shared-room.ts";

export interface LiveCardParts {
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly host: CardHost;
}

/** Engine that owns the cards of a run, as one of them sees it. */
export interface CardHost {
  /** False from the time on when nothing new is sent. */
  readonly isSending: boolean;
  /** Content of the card as it was when the run was looked at last. */
  content(cardIndex: number): CardContent;
  /** Returns a promise for the time from which on the reader may see the card; none where that is now. */
  mayShow(cardIndex: number): Promise<void> | undefined;
  opened(live: LiveCard, card: OpenedCard): void;
  written(live: LiveCard, write: CardWrite): void;
  failed(live: LiveCard, error: CardWriteError, write?: CardWrite): void;
  /** The card is finalized, or lost. */
  settled(live: LiveCard): void;
  /** A call was answered, or there is room in a shared budget: another step may be due. */
  wake(): void;
}

type CardState =
  | { readonly name: "unopened" | "opening"; readonly attempt: number }
  | { readonly name: "idle" | "writing"; readonly attempt: number; readonly card: OpenedCard }
  | { readonly name: "finalized"; readonly card: OpenedCard; readonly by: FinalizedBy }
  | { readonly name: "lost"; readonly card: OpenedCard | undefined; readonly isCalling: boolean };

/** Number of cards that are made in one place, each because the one before it was gone. */
const MAX_ATTEMPTS = 3;

/** One card on the platform: its calls, one in flight at a time, and the state that their answers leave it in. */
export class LiveCard {
  readonly cardIndex: number;
  readonly progress: CardProgress;
  readonly #parts: LiveCardParts;
  readonly #room: SharedRoom;
  readonly #finalAnswer = new LazyPromise<void>();
  #state: CardState = { name: "unopened", attempt: 0 };
  /** Time at which a client will have typed the text that was written last. */
  #typedAt = 0;

  constructor(parts: LiveCardParts, cardIndex: number) {
    this.#parts = parts;
    this.cardIndex = cardIndex;
    this.progress = new CardProgress(parts.driver.profile);
    this.#room = new SharedRoom(() => parts.host.wake());
  }

  /** The card as its driver has it, once it is open. */
  get opened(): OpenedCard | undefined {
    return "card" in this.#state ? this.#state.card : undefined;
  }

  /** A call is in flight. */
  get isCalling(): boolean {
    const state = this.#state;
    return state.name === "opening" || state.name === "writing" || (state.name === "lost" && state.isCalling);
  }

  /** The card is finalized, or lost. */
  get isSettled(): boolean {
    return this.#state.name === "finalized" || this.#state.name === "lost";
  }

  /** The resort by which the card is final, once it is. */
  get finalizedBy(): FinalizedBy | undefined {
    return this.#state.name === "finalized" ? this.#state.by : undefined;
  }

  /**
   * Resolves once a write that was to finalize the card is answered, because from then on the card will hardly be
   * replaced by another.
   */
  get finalAnswer(): Promise<void> {
    return this.#finalAnswer.promise;
  }

  /** Time in the clock's milliseconds at which a client will have typed the text that was written last. */
  get typedAt(): number {
    return this.#typedAt;
  }

  /** Gives back the room that was asked for, because nothing is to be written. */
  giveRoomBack(): void {
    this.#room.giveBack();
  }

  /** Stops writing to the card, and closes its stream; a call in flight is awaited for that. */
  giveUp(): void {
    if (this.isSettled) return;
    const { opened: card, isCalling } = this;
    this.#settle({ name: "lost", card, isCalling });
    if (card !== undefined && !isCalling) this.#close(card);
  }

  /** Makes the card with these blocks. Ignored where the card is there or being made. */
  open(blocks: readonly CardBlock[]): void {
    if (this.#state.name !== "unopened") return;
    const { driver, host } = this.#parts;
    const { cardIndex } = this;
    const { attempt } = this.#state;
    const isWanted = () => host.isSending && this.#state.name !== "lost";
    this.#state = { name: "opening", attempt };
    this.#call(
      () => driver.open({ blocks, cardIndex, attempt, isWanted, mayShow: host.mayShow(cardIndex) }),
      {
        succeeded: (card) => {
          this.#state = { name: "idle", attempt, card };
          this.progress.opened(card.blocks);
          host.opened(this, card);
        },
        failed: (error) => {
          this.#state = { name: "unopened", attempt };
          host.failed(this, error);
          // A card begins with few blocks, so fewer would be refused, too.
          if (!error.isRetryable) this.#settle({ name: "lost", card: undefined, isCalling: false });
        },
        late: (card) => {
          if (card !== undefined) this.#close(card);
        },
      },
    );
  }

  /** Sends a write if the budget that cards share has room for it. If not, `host.wake()` is called when it has. */
  send(write: CardWrite): void {
    if (this.#state.name !== "idle") return;
    const { card, attempt } = this.#state;
    if (!this.#room.reserve(write, card, this.progress.hasText)) return;
    const { clock, host, pace } = this.#parts;
    const sentAt = clock.now();
    this.#room.use();
    pace.sent(sentAt);
    this.#state = { name: "writing", attempt, card };
    this.#call(() => card.write(write).then(() => write), {
      succeeded: () => {
        this.#state = { name: "idle", attempt, card };
        pace.succeeded(clock.now());
        if (write.type === "text") this.#typedAt = sentAt + this.progress.typingMs(write.block);
        const by = this.progress.succeeded(write);
        host.written(this, write);
        if (write.type === "finalize") this.#finalized(card, by);
      },
      failed: (error, tookMs) => {
        this.#state = { name: "idle", attempt, card };
        host.failed(this, error, write);
        if (error.outcome === "gone") this.#openAnew(attempt + 1);
        else this.#failed(card, write, { error, tookMs });
      },
      late: (written) => {
        if (written?.type !== "finalize") this.#close(card);
      },
    });
  }

  #failed(
    card: OpenedCard,
    write: CardWrite,
    { error, tookMs }: { readonly error: CardWriteError; readonly tookMs: number },
  ): void {
    const { progress } = this;
    progress.failed(write, error, { now: this.#parts.clock.now(), tookMs });
    if (write.type !== "finalize") return;
    this.#finalAnswer.resolve();
    if (progress.isExhausted) this.#finalized(card, progress.isClosed ? "close" : undefined);
  }

  #finalized(card: OpenedCard, by: FinalizedBy | undefined): void {
    if (by !== undefined) this.#settle({ name: "finalized", card, by });
    else if (this.progress.isExhausted) this.giveUp();
  }

  /** Makes another card in the place of one that takes no more writes. */
  #openAnew(attempt: number): void {
    this.progress.startedAnew();
    if (attempt === MAX_ATTEMPTS) this.#settle({ name: "lost", card: undefined, isCalling: false });
    else this.#state = { name: "unopened", attempt };
  }

  /** Closes the stream of a card that is given up, so that it does not say "generating" for ever. */
  #close(card: OpenedCard): void {
    const { blocks, summary = "" } = this.#parts.host.content(this.cardIndex);
    card.write({ type: "finalize", how: "close", blocks, changes: [], summary }).catch(() => {});
  }

  #call<Result>(
    start: () => Promise<Result>,
    handlers: {
      succeeded(result: Result): void;
      failed(error: CardWriteError, tookMs: number): void;
      /** Called instead where the card was given up meanwhile. */
      late(result: Result | undefined): void;
    },
  ): void {
    const { clock, host, pace } = this.#parts;
    const startedAt = clock.now();
    const answered = (result: Result | undefined, handle: () => void) => {
      const state = this.#state;
      if (state.name === "lost") {
        this.#state = { ...state, isCalling: false };
        handlers.late(result);
      } else handle();
      host.wake();
    };
    start().then(
      (result) => answered(result, () => handlers.succeeded(result)),
      (thrown) =>
        answered(undefined, () => {
          const error = toCardWriteError(thrown);
          const tookMs = clock.now() - startedAt;
          pace.failed(clock.now(), error, tookMs);
          handlers.failed(error, tookMs);
        }),
    );
  }

  #settle(state: Extract<CardState, { name: "finalized" | "lost" }>): void {
    this.#state = state;
    this.#finalAnswer.resolve();
    this.#room.giveBack();
    this.#parts.host.settled(this);
  }
}
