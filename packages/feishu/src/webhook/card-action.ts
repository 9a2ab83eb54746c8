import { type Clock, type Locale, ReaderStopError } from "@streamcard/core";
import { withinTimeOr } from "@streamcard/core/internal";
import { type CardActionValue, parseCardActionValue } from "../json/card-action-value.ts";
import type { CardRunRecord, CardRuns } from "../process/card-runs.ts";
import type { StartWork } from "./background.ts";
import type { MessageFacts } from "./feishu-message.ts";
import type { Person, ReceivedCardAction } from "./parse-event.ts";
import { type CardActionResponse, toastResponse } from "./toasts.ts";

/** A click on a component of the app's own. */
export type FeishuCardAction = Omit<ReceivedCardAction, "type">;

/** What somebody thinks of an answer. */
export interface Feedback {
  readonly rating: "up" | "down";
  readonly by: Person;
  readonly runId: string;
  /** The message that shows the card. */
  readonly messageId: string;
  readonly chatId: string;
  /** The question, where this process still knows it. */
  readonly question: MessageFacts | undefined;
}

/** Who may press Stop, Regenerate, Approve and Deny; feedback is for all. */
export type MayAct =
  | "asker"
  | "anyone"
  | ((click: {
      readonly by: Person;
      readonly action: CardActionValue["action"];
      readonly askedBy: string | undefined;
    }) => boolean);

export interface CardActionHandlers {
  /**
   * Answers a click on a component that is not one of our buttons: a toast, another card, or nothing. Within 2.5 seconds;
   * what takes longer goes on, with nothing shown.
   */
  onCardAction?:
    | ((action: FeishuCardAction) => CardActionResponse | undefined | Promise<CardActionResponse | undefined>)
    | undefined;
  /** Told what somebody thinks of an answer, once for each of their opinions. Without it, the feedback buttons answer that they are not available. */
  onFeedback?: ((feedback: Feedback) => unknown) | undefined;
  /** @defaultValue "asker" */
  mayAct?: MayAct | undefined;
}

export interface CardActionParts extends CardActionHandlers {
  readonly runs: CardRuns;
  readonly locale: Locale;
  readonly clock: Clock;
  findQuestion(messageId: string): MessageFacts | undefined;
  /** Answers the question of a finished run again. */
  regenerate(run: CardRunRecord, question: MessageFacts): Promise<void>;
  /** Goes on with a run that waits for an approval. */
  decide(decision: Decision): Promise<void>;
}

/** One click, on its way to an answer. */
interface Press {
  readonly received: ReceivedCardAction;
  readonly run: CardRunRecord;
  readonly start: StartWork;
}

/** Somebody approved or denied a tool call. */
export interface Decision {
  readonly approvalId: string;
  readonly isApproved: boolean;
  readonly by: Person;
  readonly question: MessageFacts;
  /** The message that shows the card which asked. */
  readonly askedIn: string;
  /** That card, and the element id of its buttons. */
  readonly cardId: string | undefined;
  readonly row: string | undefined;
}

/** Presses that have had their effect, so that the next one is only told so. */
const MAX_SPENT = 5_000;

/** What pressing a button does, and what the person who pressed it is told. */
export class CardActions {
  readonly #parts: CardActionParts;
  readonly #spent = new Set<string>();

  constructor(parts: CardActionParts) {
    this.#parts = parts;
  }

  /** @param start Takes work that the answer does not wait for. */
  async answer(
    received: ReceivedCardAction,
    { answerMs, start }: { answerMs: number; start: StartWork },
  ): Promise<CardActionResponse> {
    const value = parseCardActionValue(received.value);
    if (value === undefined) return this.#answerOwn(received, { answerMs, start });
    try {
      return this.#answerButton(received, value, start);
    } catch (error) {
      start(() => Promise.reject(error));
      return toastResponse("failed", this.#parts.locale);
    }
  }

  async #answerOwn(
    { type: _type, ...action }: ReceivedCardAction,
    { answerMs, start }: { answerMs: number; start: StartWork },
  ): Promise<CardActionResponse> {
    const { onCardAction, clock, locale } = this.#parts;
    if (onCardAction === undefined) return {};
    // Called in here, so that what it throws at once is its failure, too.
    const answered = (async () => (await onCardAction(action)) ?? {})();
    start(async () => void (await answered));
    const told = answered.catch(() => toastResponse("failed", locale));
    return withinTimeOr(clock, answerMs, told, {});
  }

  #answerButton(received: ReceivedCardAction, value: CardActionValue, start: StartWork): CardActionResponse {
    const { runs, locale } = this.#parts;
    const say = (name: Parameters<typeof toastResponse>[0]) => toastResponse(name, locale);
    const run = runs.find(value.run);
    // An opinion needs no run that is still known: cards outlive processes.
    if (value.action === "feedback") return say(this.#feedback({ received, run, start }, value));
    if (run === undefined) return say("unknown-run");
    const press: Press = { received, run, start };
    if (!this.#mayAct(received.operator, value, run)) return say("not-yours");
    switch (value.action) {
      case "stop":
        return say(this.#stop(press));
      case "regenerate":
        return say(this.#regenerate(press));
      case "approve":
      case "deny":
        return say(this.#decide(press, value));
    }
  }

  #stop({ received, run }: Press) {
    const { card, result } = run;
    if (card === undefined) return result?.status === "stopped" ? "already-stopped" : "already-ended";
    if (!this.#spend(`stop ${run.runId}`)) return "already-stopped";
    void card.stop(new ReaderStopError({ stoppedBy: received.operator.openId }));
    return "stopped";
  }

  #feedback(
    { received, run, start }: Omit<Press, "run"> & { readonly run: CardRunRecord | undefined },
    { run: runId, rating }: Extract<CardActionValue, { action: "feedback" }>,
  ) {
    const { onFeedback } = this.#parts;
    if (onFeedback === undefined) return "not-available";
    const { operator: by, messageId, chatId } = received;
    const opinion = `feedback ${runId} ${by.openId}`;
    if (!this.#spend(`${opinion} ${rating}`)) return "already-thanked";
    // Who changes their mind may change it back.
    this.#spent.delete(`${opinion} ${rating === "up" ? "down" : "up"}`);
    const question = run === undefined ? undefined : this.#question(run);
    const feedback = { rating, by, runId, messageId, chatId, question };
    start(async () => void (await onFeedback(feedback)));
    return "thanks";
  }

  #regenerate({ run, start }: Press) {
    if (run.result === undefined) return "still-running";
    const question = this.#question(run);
    if (question === undefined) return "unknown-run";
    if (!this.#spend(`regenerate ${run.runId}`)) return "already-regenerated";
    start(() => this.#parts.regenerate(run, question));
    return "regenerating";
  }

  #decide(
    { received, run, start }: Press,
    { action, approvalId, card, row }: Extract<CardActionValue, { approvalId: string }>,
  ) {
    const { operator: by, messageId: askedIn } = received;
    const question = this.#question(run);
    if (question === undefined) return "unknown-run";
    if (!this.#spend(`decide ${run.runId} ${approvalId}`)) return "already-decided";
    const isApproved = action === "approve";
    const { cardId } = run.result?.cards[card] ?? {};
    start(() => this.#parts.decide({ approvalId, isApproved, by, question, askedIn, cardId, row }));
    return isApproved ? "approved" : "denied";
  }

  #question({ replyTo }: CardRunRecord): MessageFacts | undefined {
    return replyTo === undefined ? undefined : this.#parts.findQuestion(replyTo);
  }

  #mayAct(by: Person, { action }: CardActionValue, { askedBy }: CardRunRecord): boolean {
    const { mayAct = "asker" } = this.#parts;
    if (typeof mayAct === "function") return mayAct({ by, action, askedBy });
    if (mayAct === "anyone" || askedBy === undefined) return true;
    return [by.openId, by.unionId, by.userId].includes(askedBy);
  }

  /** @returns whether it had not been spent. */
  #spend(press: string): boolean {
    if (this.#spent.has(press)) return false;
    this.#spent.add(press);
    const [oldest] = this.#spent;
    if (this.#spent.size > MAX_SPENT && oldest !== undefined) this.#spent.delete(oldest);
    return true;
  }
}
