import type { Clock } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";
import { withinTimeOr } from "@streamcard/core/internal";
import { defaultFeishu } from "../feishu-card.ts";
import { type ClickListener, sharedState } from "../process/shared-state.ts";
import { Background, type StartWork } from "./background.ts";
import { CardActions } from "./card-action.ts";
import { type DeliveryStore, type MemoryDeliveryStore, memoryDeliveryStore } from "./delivery-store.ts";
import { ANSWER_MS, checkInboundOptions, type InboundOptions } from "./inbound-options.ts";
import { MessageRuns } from "./message-runs.ts";
import { type OtherEvent, parseEvent, type ReceivedMessage } from "./parse-event.ts";
import type { Payload } from "./trust/open-envelope.ts";

/** The platform delivers again for about seven hours. */
const DELIVERY_TTL_MS = 8 * 3_600_000;

/** Longest that stopped runs take to finalize their cards. */
const SETTLE_MS = 15_000;

/** What happens with events, however they arrive. Takes those that are known to be the platform's. */
export class Inbound {
  readonly #background: Background;
  readonly #options: InboundOptions;
  readonly #clock: Clock;
  readonly #deliveries: DeliveryStore;
  readonly #clicks: MemoryDeliveryStore;
  readonly #runs: MessageRuns;
  readonly #actions: CardActions;
  readonly #listener: ClickListener;

  /** @throws {InvalidOptionError} */
  constructor(options: InboundOptions) {
    checkInboundOptions(options);
    const { clock = systemClock, card } = options;
    const locale = card?.locale ?? "zh-CN";
    this.#options = options;
    this.#clock = clock;
    this.#background = new Background((error) => this.report(error));
    this.#deliveries = options.deliveries ?? memoryDeliveryStore(clock);
    this.#clicks = memoryDeliveryStore(clock);
    this.#runs = new MessageRuns({
      options,
      clock,
      locale,
      feishu: () => options.feishu ?? defaultFeishu(),
      report: (error) => this.report(error),
    });
    this.#actions = new CardActions({
      ...options,
      runs: sharedState().runs,
      locale,
      clock,
      findQuestion: (messageId) => this.#runs.findQuestion(messageId),
      regenerate: (run, question) => this.#runs.regenerate(run, question),
      decide: (decision) => this.#runs.decide(decision),
    });
    this.#listener = {
      takesFeedback: options.onFeedback !== undefined,
      knows: (messageId) => this.#runs.findQuestion(messageId) !== undefined,
    };
    sharedState().clickListeners.add(this.#listener);
  }

  /**
   * Takes in an event, and gives the body that answers it: `{}`, or what a click shows. Runs go on in the background.
   *
   * @param answerMs What is left of the time to answer.
   * @param onWork Told of work that goes on behind the answer, for a host that has to wait for it.
   * @throws what the delivery store throws, or when it takes too long, so that the platform delivers again.
   */
  async handle(
    payload: Payload,
    { answerMs = ANSWER_MS, onWork }: { answerMs?: number; onWork?: (work: Promise<void>) => void } = {},
  ): Promise<object> {
    const start: StartWork = (work) => {
      const done = this.#background.start(work);
      onWork?.(done);
    };
    const event = parseEvent(payload);
    if (event === undefined) return {};
    if (event.type === "card-action") {
      // Clicks are not delivered again, and Stop does not wait for a store.
      return this.#clicks.claim(event.eventId, DELIVERY_TTL_MS)
        ? this.#actions.answer(event, { answerMs, start })
        : {};
    }
    const claimed = this.#claim(event);
    // Whoever has the claim does the work, also where it came too late for this answer: the next delivery will not.
    start(async () => {
      if (await claimed.catch(() => false)) await this.#carryOut(event);
    });
    const isNew = await withinTimeOr(this.#clock, answerMs, claimed, undefined);
    if (isNew === undefined) throw new Error("The delivery store did not answer in time.");
    return {};
  }

  /** Waits for the runs that go on, at most `graceMs`, then stops them and waits for their cards. */
  async close(graceMs: number): Promise<void> {
    sharedState().clickListeners.delete(this.#listener);
    const drained = this.#background.drain().then(() => true);
    if (await withinTimeOr(this.#clock, graceMs, drained, false)) return;
    this.#runs.abort(new DOMException("The webhook was closed.", "AbortError"));
    // What heeds no signal is left behind.
    await withinTimeOr(this.#clock, SETTLE_MS, this.#background.drain(), undefined);
  }

  report(error: unknown): void {
    const { onError = (thrown: unknown) => console.error("streamcard:", thrown) } = this.#options;
    try {
      onError(error);
    } catch (thrown) {
      console.error("streamcard: onError threw.", thrown);
    }
  }

  /** A message may come again as another event, with an id of its own. */
  async #claim(event: ReceivedMessage | OtherEvent): Promise<boolean> {
    const key = event.type === "message" ? `message:${event.messageId}` : `event:${event.eventId}`;
    return this.#deliveries.claim(key, DELIVERY_TTL_MS);
  }

  async #carryOut(event: ReceivedMessage | OtherEvent): Promise<void> {
    if (event.type === "message") await this.#runs.receive(event);
    else await this.#options.onEvent?.(event);
  }
}
