import { Bot } from "@streamcard/bot";
import type { Locale } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";
import type { Feishu } from "../create-feishu.ts";
import { defaultFeishu } from "../feishu-card.ts";
import { sharedState } from "../process/shared-state.ts";
import { answerBody } from "./answer-body.ts";
import { BotIdentity } from "./bot-identity.ts";
import { FeishuPlatform } from "./feishu-platform.ts";
import type { FeishuTypes } from "./feishu-types.ts";
import { ANSWER_MS, checkInboundOptions, type InboundOptions } from "./inbound-options.ts";
import { parseEvent, type ReceivedMessage } from "./parse-event.ts";
import { readClick } from "./read-click.ts";
import { readMessageFacts } from "./read-message.ts";
import type { Payload } from "./trust/open-envelope.ts";

/** Time that deliveries are remembered: the platform repeats them for about seven hours. */
const DELIVERY_TTL_MS = 8 * 3_600_000;

/** Takes in the events of an app, however they arrive. Their origin has to be verified before. */
export class Inbound {
  readonly #options: InboundOptions;
  readonly #locale: Locale;
  readonly #bot: Bot<FeishuTypes>;
  readonly #identity: BotIdentity;
  readonly #listener: Bot<FeishuTypes>["clickListener"];

  /** @throws {InvalidOptionError} when an option can never work. */
  constructor(options: InboundOptions) {
    checkInboundOptions(options);
    const { clock = systemClock, card, botOpenId } = options;
    const feishu = (): Feishu => options.feishu ?? defaultFeishu();
    this.#options = options;
    this.#locale = card?.locale ?? "zh-CN";
    this.#identity = new BotIdentity(feishu, botOpenId);
    this.#bot = new Bot({
      platform: new FeishuPlatform({ feishu, card, locale: this.#locale, clock }),
      options,
      runs: sharedState().runs,
      deliveryTtlMs: DELIVERY_TTL_MS,
    });
    this.#listener = this.#bot.clickListener;
    sharedState().clickListeners.add(this.#listener);
  }

  /**
   * Takes in an event, and gives the body that answers it: `{}`, or the notice of a click. Runs go on in the background.
   *
   * @param answerMs Time that is left to answer, in milliseconds.
   * @param onWork Told of work that goes on behind the answer, for a host that has to wait for it.
   * @throws what the delivery store throws, or an error when the store takes too long, so that the platform delivers again.
   */
  async handle(
    payload: Payload,
    { answerMs = ANSWER_MS, onWork }: { answerMs?: number; onWork?: (work: Promise<void>) => void } = {},
  ): Promise<object> {
    const scope = { answerMs, onWork };
    const event = parseEvent(payload);
    switch (event?.type) {
      case "card-action":
        return answerBody(await this.#bot.click(event.eventId, readClick(event), scope), this.#locale);
      case "message":
        // By its own id, because a message may come again as another event.
        await this.#bot.message(event.messageId, () => this.#read(event), scope);
        return {};
      case "other":
        await this.#bot.event(event.eventId, async () => void (await this.#options.onEvent?.(event)), scope);
        return {};
      default:
        return {};
    }
  }

  /** Waits for the runs that go on, at most `graceMs` milliseconds, then stops them and waits for their cards. */
  async close(graceMs: number): Promise<void> {
    sharedState().clickListeners.delete(this.#listener);
    await this.#bot.close(graceMs);
  }

  /** Tells `onError` of an error. Never throws. */
  report(error: unknown): void {
    this.#bot.report(error);
  }

  async #read(received: ReceivedMessage) {
    const ownOpenId = await this.#identity.openId(received);
    return readMessageFacts(received, ownOpenId, this.#options.conversationOf);
  }
}
