import type { Clock } from "@streamcard/core";
import { type ClickAnswer, systemClock } from "@streamcard/core/driver";
import { withinTimeOr } from "@streamcard/core/internal";
import { Background } from "./background.ts";
import { type BotOptions, checkBotOptions } from "./bot-options.ts";
import type { ButtonPress } from "./clicks/button-press.ts";
import { ButtonPresses, type StartWork } from "./clicks/button-presses.ts";
import type { ClickListener } from "./clicks/click-listener.ts";
import type { RunRegistry } from "./clicks/run-registry.ts";
import { type DeliveryStore, type MemoryDeliveryStore, memoryDeliveryStore } from "./delivery-store.ts";
import { MessageAnswering } from "./messages/message-answering.ts";
import type { BotPlatform } from "./platform/bot-platform.ts";
import type { PlatformTypes } from "./platform/platform-types.ts";

/** Parts of a bot. */
export interface BotParts<P extends PlatformTypes> {
  readonly platform: BotPlatform<P>;
  readonly options: BotOptions<P>;
  /** The runs whose buttons can be pressed. */
  readonly runs: Pick<RunRegistry, "find">;
  /** Time that a delivery is remembered, in milliseconds: longer than the platform repeats it. */
  readonly deliveryTtlMs: number;
}

/** The time and the host of one request. */
export interface RequestScope {
  /** Time that is left to answer the request, in milliseconds. */
  readonly answerMs: number;
  /** Receives the work that goes on behind the answer, for a host that has to wait for it. */
  readonly onWork?: ((work: Promise<void>) => void) | undefined;
}

/** A click, told apart by the component that was clicked on. */
export type Click<P extends PlatformTypes> =
  | { readonly type: "button"; readonly press: ButtonPress<P["person"]> }
  /** A component of the app's own. */
  | { readonly type: "own"; readonly action: P["cardAction"] };

/** The reply to a click. */
export type ClickReply<P extends PlatformTypes> =
  | { readonly type: "toast"; readonly answer: ClickAnswer }
  /** The answer of the app's own handler. */
  | { readonly type: "own"; readonly body: P["cardAnswer"] }
  | { readonly type: "nothing" };

/** Longest time that aborted runs take to finalize their cards, in milliseconds. */
const MAX_SETTLE_MS = 15_000;

/** A bot: takes messages, clicks and other events of its platform, each delivery once. */
export class Bot<P extends PlatformTypes> {
  readonly #options: BotOptions<P>;
  readonly #clock: Clock;
  readonly #background: Background;
  readonly #deliveries: DeliveryStore;
  readonly #clicks: MemoryDeliveryStore;
  readonly #deliveryTtlMs: number;
  readonly #answering: MessageAnswering<P>;
  readonly #presses: ButtonPresses<P>;

  /** @throws {InvalidOptionError} when an option can never work. */
  constructor({ platform, options, runs, deliveryTtlMs }: BotParts<P>) {
    checkBotOptions(options);
    const { clock = systemClock } = options;
    this.#options = options;
    this.#clock = clock;
    this.#deliveryTtlMs = deliveryTtlMs;
    this.#background = new Background((error) => this.report(error));
    this.#deliveries = options.deliveries ?? memoryDeliveryStore(clock);
    this.#clicks = memoryDeliveryStore(clock);
    const answering = new MessageAnswering({
      platform,
      options,
      clock,
      report: (error) => this.report(error),
    });
    this.#answering = answering;
    this.#presses = new ButtonPresses({ options, platform, runs, answering });
  }

  /** The part of this bot by which cards know which buttons to draw. */
  get clickListener(): ClickListener {
    return {
      takesFeedback: this.#options.onFeedback !== undefined,
      knows: (messageId) => this.#answering.findQuestion(messageId) !== undefined,
    };
  }

  /**
   * Takes in a delivered message. Resolves once the delivery is claimed; the answer goes on in the background.
   *
   * @param messageId Id of the message, which several deliveries of it have in common.
   * @param read Reads the message. Called only where it is new and a handler answers messages.
   * @throws what the delivery store throws, or an error when the store takes longer than the answer may, so that the
   * platform delivers again.
   */
  async message(messageId: string, read: () => Promise<P["message"]>, scope: RequestScope): Promise<void> {
    await this.#once(`message:${messageId}`, () => this.#answering.receive(read), scope);
  }

  /**
   * Takes in an event that is neither a message nor a click.
   *
   * @throws as for a message.
   */
  async event(eventId: string, carryOut: () => Promise<void>, scope: RequestScope): Promise<void> {
    await this.#once(`event:${eventId}`, carryOut, scope);
  }

  /** Answers a click, and carries out its effect in the background. A click that was delivered before gets no answer. */
  async click(eventId: string, click: Click<P>, scope: RequestScope): Promise<ClickReply<P>> {
    // In memory, because clicks are not delivered again and Stop should wait for no store.
    if (!this.#clicks.claim(eventId, this.#deliveryTtlMs)) return { type: "nothing" };
    const start = this.#startIn(scope);
    if (click.type === "own") return this.#ownClick(click.action, scope, start);
    try {
      return { type: "toast", answer: this.#presses.carryOut(click.press, start) };
    } catch (error) {
      start(() => Promise.reject(error));
      return { type: "toast", answer: "failed" };
    }
  }

  /** Waits for the runs that go on, at most `graceMs` milliseconds, then aborts them and waits for their cards. */
  async close(graceMs: number): Promise<void> {
    const drained = this.#background.drain().then(() => true);
    if (await withinTimeOr(this.#clock, graceMs, drained, false)) return;
    this.#answering.abort(new DOMException("The bot was closed.", "AbortError"));
    // Work that heeds no signal is left behind.
    await withinTimeOr(this.#clock, MAX_SETTLE_MS, this.#background.drain(), undefined);
  }

  /** Tells `onError` of an error. Never throws. */
  report(error: unknown): void {
    const { onError = (thrown: unknown) => console.error("streamcard:", thrown) } = this.#options;
    try {
      onError(error);
    } catch (thrown) {
      console.error("streamcard: onError threw.", thrown);
    }
  }

  async #once(key: string, work: () => Promise<void>, scope: RequestScope): Promise<void> {
    const claimed = this.#claim(key);
    // The work is done also where the claim came too late for this answer, because the next delivery will not get it.
    this.#startIn(scope)(async () => {
      if (await claimed.catch(() => false)) await work();
    });
    const isNew = await withinTimeOr(this.#clock, scope.answerMs, claimed, undefined);
    if (isNew === undefined) throw new Error("The delivery store did not answer in time.");
  }

  async #claim(key: string): Promise<boolean> {
    return this.#deliveries.claim(key, this.#deliveryTtlMs);
  }

  async #ownClick(
    action: P["cardAction"],
    { answerMs }: RequestScope,
    start: StartWork,
  ): Promise<ClickReply<P>> {
    const { onCardAction } = this.#options;
    const nothing = { type: "nothing" } as const;
    if (onCardAction === undefined) return nothing;
    // Called within a promise, so that an error that the handler throws at once is treated as any other.
    const answered = (async (): Promise<ClickReply<P>> => {
      const body = await onCardAction(action);
      return body === undefined ? nothing : { type: "own", body };
    })();
    start(async () => void (await answered));
    const failed = { type: "toast", answer: "failed" } as const;
    return withinTimeOr(
      this.#clock,
      answerMs,
      answered.catch(() => failed),
      nothing,
    );
  }

  #startIn({ onWork }: RequestScope): StartWork {
    return (work) => {
      const done = this.#background.start(work);
      onWork?.(done);
    };
  }
}
