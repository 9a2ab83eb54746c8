import { type CardResult, type CardSource, pipeToCard, type RunContext } from "@streamcard/core";
import { checkSource } from "@streamcard/core/internal";
import type { ConversationMessage } from "../history/conversation-store.ts";
import type { ApprovalDecision } from "../history/conversations.ts";
import type { BotPlatform } from "../platform/bot-platform.ts";
import type { PlatformTypes } from "../platform/platform-types.ts";

/** The way to answer a message. */
export interface Answerable<P extends PlatformTypes> {
  /** Number of this answer: 1, and one more each time that Regenerate was pressed. */
  readonly attempt: number;
  /** Decisions since the run asked for approval; empty otherwise. The history has them, too. */
  readonly decisions: readonly ApprovalDecision[];
  /** Aborted when the answer was replaced, took too long, or the bot was closed. `reply()` heeds it by itself. */
  readonly signal: AbortSignal;
  /** The place that the answer goes to, for cards that are made without `reply()`. */
  readonly target: P["target"];

  /**
   * Shows a run on a card that replies to this message, and waits for the card. The answer becomes part of the history.
   *
   * @param source A source as `pipeToCard()` takes it: best a function, which is called with the signal that Stop aborts.
   * @returns the end of the run and what the reader has of it. Does not reject for a failed run or delivery.
   * @throws {InvalidOptionError} when an option or the source can never work.
   */
  reply(source: CardSource, options?: P["replyOptions"]): Promise<CardResult>;
  /** Reads the conversation up to this message, and this message: `messages` of the AI SDK. */
  history<Message = ConversationMessage>(): Promise<Message[]>;
}

export interface AnswerableMessageParts<P extends PlatformTypes> {
  readonly platform: Pick<BotPlatform<P>, "targetOf" | "openCard">;
  readonly message: P["message"];
  readonly attempt: number;
  readonly decisions: readonly ApprovalDecision[];
  /** Id of the message that the card replies to. */
  readonly replyTo: string;
  readonly signal: AbortSignal;
  /** Options of every answer. */
  readonly cardOptions: P["replyOptions"] | undefined;
  history(): Promise<ConversationMessage[]>;
  /** Receives each answer, with the run that was shown. */
  onAnswer(result: CardResult, source: unknown): Promise<void>;
}

/** A message together with the way to answer it. */
export class AnswerableMessage<P extends PlatformTypes> {
  readonly message: P["message"] & Answerable<P>;
  readonly #parts: AnswerableMessageParts<P>;
  readonly #target: P["target"];
  #hasCard = false;

  constructor(parts: AnswerableMessageParts<P>) {
    const { platform, message, attempt, decisions, signal, replyTo } = parts;
    const target = platform.targetOf({ message, replyTo, signal });
    const noteCard = () => {
      this.#hasCard = true;
    };
    this.#parts = parts;
    this.#target = target;
    this.message = {
      ...message,
      attempt,
      decisions,
      signal,
      get target() {
        noteCard();
        return target;
      },
      reply: (source: CardSource, options?: P["replyOptions"]) => this.#reply(source, options),
      // The caller names the type of the messages, because every SDK has one of its own for this shape.
      history: <Message>() => parts.history() as Promise<Message[]>,
    };
  }

  /** True once the reader has a card, or the handler has read `target` and may have made one by itself. */
  get hasCard(): boolean {
    return this.#hasCard;
  }

  /** Says on a card of its own that there is no answer. */
  async sayFailed(error: unknown): Promise<void> {
    await this.#parts.platform.openCard(this.#target, undefined).fail(error);
  }

  async #reply(source: CardSource, options: P["replyOptions"] | undefined): Promise<CardResult> {
    const { platform, cardOptions, onAnswer } = this.#parts;
    let shown: unknown = source;
    const start: typeof source =
      typeof source === "function"
        ? (context: RunContext) => {
            const started = source(context);
            shown = started;
            return started;
          }
        : source;
    const { lanes }: PlatformTypes["replyOptions"] = { ...cardOptions, ...options };
    checkSource(start, lanes);
    const card = platform.openCard(this.#target, options);
    this.#hasCard = true;
    const result = await pipeToCard(start, card, { lanes });
    await onAnswer(result, shown);
    return result;
  }
}
