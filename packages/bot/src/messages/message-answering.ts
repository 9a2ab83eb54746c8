import type { Clock } from "@streamcard/core";
import type { CardMark } from "@streamcard/core/driver";
import { BoundedMap } from "@streamcard/core/internal";
import { type ApprovalDecision, Conversations } from "../history/conversations.ts";
import type { BotPlatform } from "../platform/bot-platform.ts";
import type { PlatformTypes } from "../platform/platform-types.ts";
import { AnswerableMessage } from "./answerable-message.ts";
import type { MessageOptions } from "./message-options.ts";
import { isAdmitted } from "./message-policy.ts";
import { RunQueue } from "./run-queue.ts";

export interface MessageAnsweringParts<P extends PlatformTypes> {
  readonly platform: BotPlatform<P>;
  readonly options: MessageOptions<P>;
  readonly clock: Clock;
  /** Receives the errors that stop no answer. */
  report(error: unknown): void;
}

/** A person's decision on a tool call, and the card on which it was made. */
export interface DecidedCall<Message> extends ApprovalDecision {
  /** The message that the run answers. */
  readonly question: Message;
  /** Id of the message that shows the card with the buttons. */
  readonly askedIn: string;
  /** Id of that card; `undefined` where this process does not know it. */
  readonly cardId: string | undefined;
  /** The platform's id of the buttons, which are taken away. */
  readonly buttonsId: string | undefined;
}

/** Largest number of questions that buttons can still refer to. */
const MAX_QUESTIONS = 2_000;

/** Largest number of messages that wait in one conversation. */
const MAX_WAITING = 20;

/** Longest run, in milliseconds, unless the options have another one. */
const MAX_RUN_MS = 15 * 60_000;

/** Plan of one answer to a question. */
interface AnswerPlan {
  readonly attempt: number;
  readonly replyTo: string;
  readonly decisions: readonly ApprovalDecision[];
}

/** Answers messages, and answers them again when a button asks for it. */
export class MessageAnswering<P extends PlatformTypes> {
  readonly #parts: MessageAnsweringParts<P>;
  readonly #conversations: Conversations;
  readonly #queue: RunQueue;
  /** Messages that are answered, by the ids of the messages that show a question or one of its cards. */
  readonly #questions = new BoundedMap<string, { message: P["message"]; attempt: number }>(MAX_QUESTIONS);

  constructor(parts: MessageAnsweringParts<P>) {
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
  }

  /** Finds the question that a message asked, or that a card in that message answers. */
  findQuestion(messageId: string): P["message"] | undefined {
    return this.#questions.get(messageId)?.message;
  }

  /** Aborts every run and drops the messages that wait. */
  abort(reason: unknown): void {
    this.#queue.abort(reason);
  }

  /**
   * Answers a message, if the policy admits it. Resolves once the answer is done; never rejects for a failed one.
   *
   * @param read Reads the message. Not called where no handler answers messages.
   */
  async receive(read: () => Promise<P["message"]>): Promise<void> {
    const { options, platform } = this.#parts;
    if (options.onMessage === undefined) return;
    const message = await read();
    if (!isAdmitted(message, platform.idsOf(message.sender), options)) return;
    await this.#answer(message, { attempt: 1, replyTo: message.id, decisions: [] });
  }

  /**
   * Answers a question again on a new card, and marks the old one.
   *
   * @param cardId Id of the old card, if there was one.
   */
  async regenerate(question: P["message"], cardId: string | undefined): Promise<void> {
    const attempt = (this.#questions.get(question.id)?.attempt ?? 1) + 1;
    this.#questions.set(question.id, { message: question, attempt });
    const answered = this.#answer(question, { attempt, replyTo: question.id, decisions: [] });
    await this.#mark(cardId, "superseded", undefined);
    await answered;
  }

  /** Notes a decision, and goes on with the run once all of its approvals are decided. */
  async decide({
    question,
    askedIn,
    cardId,
    buttonsId,
    ...decision
  }: DecidedCall<P["message"]>): Promise<void> {
    const goOn = async (signal: AbortSignal): Promise<void> => {
      try {
        const decisions = await this.#conversations.decide(question, decision);
        // While other approvals are missing, the card keeps saying that it waits.
        const mark = decision.isApproved ? "approved" : "denied";
        const marked = this.#mark(cardId, decisions === undefined ? undefined : mark, buttonsId);
        const attempt = this.#questions.get(question.id)?.attempt ?? 1;
        if (decisions !== undefined)
          await this.#run(question, { attempt, replyTo: askedIn, decisions }, signal);
        await marked;
      } catch (error) {
        this.#parts.report(error);
      }
    };
    // In its turn, because the run that asked may not be stored yet when its card is seen.
    await this.#queue.add(question.conversationId, goOn, "queue");
  }

  /** Marks a card. A failure is reported and stops nothing. */
  async #mark(cardId: string | undefined, mark: CardMark | undefined, buttonsId: string | undefined) {
    if (cardId === undefined) return;
    await this.#reporting(this.#parts.platform.markCard({ cardId, mark, buttonsId }));
  }

  async #answer(message: P["message"], plan: AnswerPlan): Promise<void> {
    // A repeated answer always waits for its turn, because the person who pressed Regenerate was told that it comes.
    const whenBusy = plan.attempt > 1 ? "queue" : this.#parts.options.whenBusy;
    await this.#queue.add(message.conversationId, (signal) => this.#run(message, plan, signal), whenBusy);
  }

  /** Carries out one answer. Never rejects, so that the queue goes on. */
  async #run(message: P["message"], plan: AnswerPlan, signal: AbortSignal): Promise<void> {
    const { attempt, replyTo, decisions } = plan;
    const { platform, options, clock } = this.#parts;
    try {
      // Without a memory there is still an answer.
      if (decisions.length === 0) await this.#reporting(this.#conversations.begin(message));
      this.#questions.set(replyTo, { message, attempt });
      const answerable = new AnswerableMessage<P>({
        platform,
        message,
        ...plan,
        signal,
        cardOptions: options.card,
        history: () => this.#conversations.history(message),
        onAnswer: (result, source) =>
          this.#reporting(this.#conversations.addAnswer(message, { result, source, clock })),
      });
      try {
        await options.onMessage?.(answerable.message);
      } catch (error) {
        // The reader waits for an answer, so a card says that there is none.
        if (!answerable.hasCard) await this.#sayFailed(answerable, error);
        throw error;
      }
    } catch (error) {
      this.#parts.report(error);
    }
  }

  /** Waits for work whose failure is reported and stops nothing. */
  async #reporting(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.#parts.report(error));
  }

  async #sayFailed(answerable: AnswerableMessage<P>, error: unknown): Promise<void> {
    try {
      await answerable.sayFailed(error);
    } catch (impossible) {
      // Where no card can be made at all, the one error is often the cause of the other.
      if (impossible !== error) this.#parts.report(impossible);
    }
  }
}
