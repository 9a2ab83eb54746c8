import type { Clock, Locale } from "@streamcard/core";
import type { Feishu } from "../create-feishu.ts";
import type { CardRunRecord } from "../process/card-runs.ts";
import { BotIdentity } from "./bot-identity.ts";
import type { Decision } from "./card-action.ts";
import { type ApprovalDecision, Conversations } from "./conversations.ts";
import { AnswerableMessage, type FeishuMessage, type MessageFacts } from "./feishu-message.ts";
import type { InboundOptions } from "./inbound-options.ts";
import { type MarkedCard, markCard } from "./mark-card.ts";
import { isAdmitted } from "./message-policy.ts";
import type { ReceivedMessage } from "./parse-event.ts";
import { readMessageFacts } from "./read-message.ts";
import { RunQueue } from "./run-queue.ts";

export interface MessageRunsParts {
  readonly options: InboundOptions;
  readonly clock: Clock;
  readonly locale: Locale;
  feishu(): Feishu;
  report(error: unknown): void;
}

/** Questions that can be asked again by a button. */
const MAX_QUESTIONS = 2_000;

const MAX_WAITING = 20;
const MAX_RUN_MS = 15 * 60_000;

/** One time that a question is answered. */
interface Answering {
  readonly attempt: number;
  readonly replyTo: string;
  readonly decisions: readonly ApprovalDecision[];
}

/** Messages on their way to an answer, and what buttons make of them afterwards. */
export class MessageRuns {
  readonly #parts: MessageRunsParts;
  readonly #conversations: Conversations;
  readonly #queue: RunQueue;
  readonly #bot: BotIdentity;
  /** By the messages that show a question or one of its cards. */
  readonly #questions = new Map<string, { facts: MessageFacts; attempt: number }>();

  constructor(parts: MessageRunsParts) {
    const { options, clock } = parts;
    const { maxRunMs = MAX_RUN_MS, whenBusy = "queue" } = options;
    this.#parts = parts;
    this.#conversations = new Conversations(options.conversations);
    this.#queue = new RunQueue({
      clock,
      whenBusy,
      maxRunMs,
      maxWaiting: MAX_WAITING,
      onOverflow: () =>
        parts.report(new Error(`A message was not answered: ${MAX_WAITING} others wait before it.`)),
    });
    this.#bot = new BotIdentity(() => parts.feishu(), options.botOpenId);
  }

  findQuestion(messageId: string): MessageFacts | undefined {
    return this.#questions.get(messageId)?.facts;
  }

  /** Stops every run, and starts no other. */
  abort(reason: unknown): void {
    this.#queue.abort(reason);
  }

  /** Answers a message, if the bot answers such. */
  async receive(received: ReceivedMessage): Promise<void> {
    const { options } = this.#parts;
    if (options.onMessage === undefined) return;
    const facts = readMessageFacts(received, await this.#bot.openId(received), options.conversationOf);
    if (!isAdmitted(facts, options)) return;
    await this.#answer(facts, { attempt: 1, replyTo: facts.id, decisions: [] });
  }

  /** Answers the question of a finished run again, on a new card. */
  async regenerate(run: CardRunRecord, facts: MessageFacts): Promise<void> {
    const attempt = (this.#questions.get(facts.id)?.attempt ?? 1) + 1;
    this.#remember(facts.id, facts, attempt);
    const answering = { attempt, replyTo: facts.id, decisions: [] };
    const answered = this.#answer(facts, answering);
    const card = run.result?.cards.at(-1);
    await this.#mark(card?.cardId, "superseded");
    await answered;
  }

  /** Goes on with a run that waited for approval, once nothing of it is missing. */
  async decide({ question, askedIn, cardId, row: spent, ...decision }: Decision): Promise<void> {
    const goOn = async (signal: AbortSignal): Promise<void> => {
      try {
        const decisions = await this.#conversations.decide(question, decision);
        // As long as others are asked for, the card goes on waiting.
        const word = decision.isApproved ? "approved" : "denied";
        const marked = this.#mark(cardId, decisions === undefined ? undefined : word, spent);
        const attempt = this.#questions.get(question.id)?.attempt ?? 1;
        if (decisions !== undefined)
          await this.#run(question, { attempt, replyTo: askedIn, decisions }, signal);
        await marked;
      } catch (error) {
        this.#parts.report(error);
      }
    };
    // In its turn: what the run that asked has said may not be stored yet when its card is seen.
    await this.#queue.add(question.conversationId, goOn, "queue");
  }

  /** Says on a card what became of it. What goes wrong with that stops nothing. */
  async #mark(cardId: string | undefined, mark: MarkedCard["mark"], spent?: string): Promise<void> {
    if (cardId === undefined) return;
    const { locale, clock } = this.#parts;
    await this.#reporting(markCard(this.#parts.feishu(), { cardId, mark, spent, locale, clock }));
  }

  async #answer(facts: MessageFacts, answering: Answering): Promise<void> {
    // Who pressed Regenerate was told that it goes on: it waits, whatever happens to other messages.
    const whenBusy = answering.attempt > 1 ? "queue" : this.#parts.options.whenBusy;
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
        feishu: this.#parts.feishu(),
        facts,
        ...answering,
        signal,
        cardOptions: this.#parts.options.card,
        history: () => this.#conversations.history(facts),
        onAnswer: (result, run) =>
          this.#reporting(this.#conversations.addAnswer(facts, { result, run, clock: this.#parts.clock })),
      });
      try {
        await this.#parts.options.onMessage?.(answerable.message);
      } catch (error) {
        // The reader waits for an answer; that there is none is said where they look for it.
        if (!answerable.hasCard) await this.#sayFailed(answerable.message, error);
        throw error;
      }
    } catch (error) {
      this.#parts.report(error);
    }
  }

  /** Waits for work whose failure stops nothing. */
  async #reporting(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.#parts.report(error));
  }

  async #sayFailed({ target }: FeishuMessage, error: unknown): Promise<void> {
    try {
      await this.#parts
        .feishu()
        .card({ ...this.#parts.options.card, ...target })
        .fail(error);
    } catch (impossible) {
      // Where no card can be made at all, the one error is often the cause of the other.
      if (impossible !== error) this.#parts.report(impossible);
    }
  }

  #remember(messageId: string, facts: MessageFacts, attempt: number): void {
    this.#questions.delete(messageId);
    this.#questions.set(messageId, { facts, attempt });
    const [oldest] = this.#questions.keys();
    if (this.#questions.size > MAX_QUESTIONS && oldest !== undefined) this.#questions.delete(oldest);
  }
}
