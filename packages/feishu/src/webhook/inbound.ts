import { type Clock, type Locale, systemClock } from "@streamcard/core";
import type { CardRunRecord } from "../card-runs.ts";
import type { Feishu } from "../create-feishu.ts";
import { defaultFeishu } from "../feishu-card.ts";
import { sharedState } from "../shared-state.ts";
import { Background, type StartWork } from "./background.ts";
import { BotIdentity } from "./bot-identity.ts";
import { CardActions, type Decision } from "./card-action.ts";
import { type ApprovalDecision, Conversations } from "./conversations.ts";
import { type DeliveryStore, type MemoryDeliveryStore, memoryDeliveryStore } from "./delivery-store.ts";
import { AnswerableMessage, type FeishuMessage, type MessageFacts } from "./feishu-message.ts";
import { ANSWER_MS, checkInboundOptions, type InboundOptions } from "./inbound-options.ts";
import { markSuperseded } from "./mark-superseded.ts";
import { isAdmitted } from "./message-policy.ts";
import type { Payload } from "./open-envelope.ts";
import { type OtherEvent, parseEvent, type ReceivedMessage } from "./parse-event.ts";
import { readMessageFacts } from "./read-message.ts";
import { RunQueue } from "./run-queue.ts";
import { withDeadline } from "./with-deadline.ts";

/** The platform delivers again for about seven hours. */
const DELIVERY_TTL_MS = 8 * 3_600_000;

/** Questions that can be asked again by a button. */
const MAX_QUESTIONS = 2_000;

const MAX_WAITING = 20;
const MAX_RUN_MS = 15 * 60_000;

/** Longest that stopped runs take to finalize their cards. */
const SETTLE_MS = 15_000;

/** One time that a question is answered. */
interface Answering {
  readonly attempt: number;
  readonly replyTo: string;
  readonly decisions: readonly ApprovalDecision[];
}

/** What happens with events, however they arrive. Takes those that are known to be the platform's. */
export class Inbound {
  readonly #background: Background;
  readonly #options: InboundOptions;
  readonly #clock: Clock;
  readonly #locale: Locale;
  readonly #deliveries: DeliveryStore;
  readonly #clicks: MemoryDeliveryStore;
  readonly #conversations: Conversations;
  readonly #queue: RunQueue;
  readonly #actions: CardActions;
  readonly #bot: BotIdentity;
  /** By the messages that show a question or one of its cards. */
  readonly #questions = new Map<string, { facts: MessageFacts; attempt: number }>();

  /** @throws {InvalidOptionError} */
  constructor(options: InboundOptions) {
    checkInboundOptions(options);
    const { clock = systemClock, maxRunMs = MAX_RUN_MS, whenBusy = "queue" } = options;
    this.#options = options;
    this.#clock = clock;
    this.#locale = options.card?.locale ?? "zh-CN";
    this.#background = new Background((error) => this.report(error));
    this.#deliveries = options.deliveries ?? memoryDeliveryStore(clock);
    this.#clicks = memoryDeliveryStore(clock);
    this.#conversations = new Conversations(options.conversations);
    this.#queue = new RunQueue({
      clock,
      whenBusy,
      maxRunMs,
      maxWaiting: MAX_WAITING,
      onOverflow: () =>
        this.report(new Error(`A message was not answered: ${MAX_WAITING} others wait before it.`)),
    });
    this.#bot = new BotIdentity(() => this.#feishu, options.botOpenId);
    this.#actions = new CardActions({
      ...options,
      runs: sharedState().runs,
      locale: this.#locale,
      clock,
      findQuestion: (messageId) => this.#questions.get(messageId)?.facts,
      regenerate: (run, question) => this.#regenerate(run, question),
      decide: (decision) => this.#decide(decision),
    });
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
    const isNew = await withDeadline(claimed, { ms: answerMs, clock: this.#clock });
    if (isNew === undefined) throw new Error("The delivery store did not answer in time.");
    return {};
  }

  /** Waits for the runs that go on, at most `graceMs`, then stops them and waits for their cards. */
  async close(graceMs: number): Promise<void> {
    const drained = this.#background.drain();
    const isDrained = await withDeadline(
      drained.then(() => true),
      { ms: graceMs, clock: this.#clock },
    );
    if (isDrained === true) return;
    this.#queue.abort(new DOMException("The webhook was closed.", "AbortError"));
    // What heeds no signal is left behind.
    await withDeadline(this.#background.drain(), { ms: SETTLE_MS, clock: this.#clock });
  }

  report(error: unknown): void {
    const { onError = (thrown: unknown) => console.error("streamcard:", thrown) } = this.#options;
    try {
      onError(error);
    } catch (thrown) {
      console.error("streamcard: onError threw.", thrown);
    }
  }

  get #feishu(): Feishu {
    return this.#options.feishu ?? defaultFeishu();
  }

  /** A message may come again as another event, with an id of its own. */
  async #claim(event: ReceivedMessage | OtherEvent): Promise<boolean> {
    const key = event.type === "message" ? `message:${event.messageId}` : `event:${event.eventId}`;
    return this.#deliveries.claim(key, DELIVERY_TTL_MS);
  }

  async #carryOut(event: ReceivedMessage | OtherEvent): Promise<void> {
    if (event.type === "message") await this.#receive(event);
    else await this.#options.onEvent?.(event);
  }

  async #receive(received: ReceivedMessage): Promise<void> {
    if (this.#options.onMessage === undefined) return;
    const facts = readMessageFacts(received, await this.#bot.openId(received), this.#options.conversationOf);
    if (!isAdmitted(facts, this.#options)) return;
    await this.#answer(facts, { attempt: 1, replyTo: facts.id, decisions: [] });
  }

  async #answer(facts: MessageFacts, answering: Answering): Promise<void> {
    // Who pressed Regenerate was told that it goes on: it waits, whatever happens to other messages.
    const whenBusy = answering.attempt > 1 ? "queue" : this.#options.whenBusy;
    await this.#queue.add(facts.conversationId, (signal) => this.#run(facts, answering, signal), whenBusy);
  }

  /** Never rejects: the queue goes on whatever became of a run. */
  async #run(facts: MessageFacts, answering: Answering, signal: AbortSignal): Promise<void> {
    const { attempt, replyTo, decisions } = answering;
    try {
      // Without a memory there is still an answer.
      if (decisions.length === 0) await this.#reporting(this.#conversations.begin(facts));
      this.#remember(replyTo, facts, attempt);
      const answerable = new AnswerableMessage({
        feishu: this.#feishu,
        facts,
        ...answering,
        signal,
        cardOptions: this.#options.card,
        history: () => this.#conversations.history(facts),
        onAnswer: (result, run) =>
          this.#reporting(this.#conversations.addAnswer(facts, { result, run, clock: this.#clock })),
      });
      try {
        await this.#options.onMessage?.(answerable.message);
      } catch (error) {
        // The reader waits for an answer; that there is none is said where they look for it.
        if (!answerable.hasCard) await this.#sayFailed(answerable.message, error);
        throw error;
      }
    } catch (error) {
      this.report(error);
    }
  }

  /** Waits for work whose failure stops nothing. */
  async #reporting(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.report(error));
  }

  async #sayFailed({ target }: FeishuMessage, error: unknown): Promise<void> {
    try {
      await this.#feishu.card({ ...this.#options.card, ...target }).fail(error);
    } catch (impossible) {
      // Where no card can be made at all, the one error is often the cause of the other.
      if (impossible !== error) this.report(impossible);
    }
  }

  async #regenerate(run: CardRunRecord, facts: MessageFacts): Promise<void> {
    const attempt = (this.#questions.get(facts.id)?.attempt ?? 1) + 1;
    this.#remember(facts.id, facts, attempt);
    const answering = { attempt, replyTo: facts.id, decisions: [] };
    const answered = this.#answer(facts, answering);
    const card = run.result?.cards.at(-1);
    if (card !== undefined) {
      const old = { cardId: card.cardId, locale: this.#locale, clock: this.#clock };
      await this.#reporting(markSuperseded(this.#feishu, old));
    }
    await answered;
  }

  async #decide({ question, askedIn, ...decision }: Decision): Promise<void> {
    const goOn = async (signal: AbortSignal): Promise<void> => {
      try {
        const decisions = await this.#conversations.decide(question, decision);
        const attempt = this.#questions.get(question.id)?.attempt ?? 1;
        if (decisions !== undefined)
          await this.#run(question, { attempt, replyTo: askedIn, decisions }, signal);
      } catch (error) {
        this.report(error);
      }
    };
    // In its turn: what the run that asked has said may not be stored yet when its card is seen.
    await this.#queue.add(question.conversationId, goOn, "queue");
  }

  #remember(messageId: string, facts: MessageFacts, attempt: number): void {
    this.#questions.delete(messageId);
    this.#questions.set(messageId, { facts, attempt });
    const [oldest] = this.#questions.keys();
    if (this.#questions.size > MAX_QUESTIONS && oldest !== undefined) this.#questions.delete(oldest);
  }
}
