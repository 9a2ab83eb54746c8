import { ReaderStopError } from "@streamcard/core";
import type { ClickAnswer } from "@streamcard/core/driver";
import { BoundedMap } from "@streamcard/core/internal";
import type { MessageAnswering } from "../messages/message-answering.ts";
import type { BotPlatform } from "../platform/bot-platform.ts";
import type { PlatformTypes } from "../platform/platform-types.ts";
import type { ButtonAction, ButtonPress } from "./button-press.ts";
import type { ClickOptions } from "./click-options.ts";
import { mayPress } from "./may-act.ts";
import type { KnownRun, RunRegistry } from "./run-registry.ts";

/** Takes work that goes on after a click was answered. */
export type StartWork = (work: () => Promise<void>) => void;

export interface ButtonPressesParts<P extends PlatformTypes> {
  readonly options: Pick<ClickOptions<P>, "onFeedback" | "mayAct">;
  readonly platform: Pick<BotPlatform<P>, "idsOf">;
  readonly runs: Pick<RunRegistry, "find">;
  readonly answering: Pick<MessageAnswering<P>, "findQuestion" | "regenerate" | "decide">;
}

/** A press whose run is known, on its way to its effect. */
interface Press<P extends PlatformTypes> {
  readonly pressed: ButtonPress<P["person"]>;
  readonly run: KnownRun;
  readonly start: StartWork;
}

/** Largest number of presses that are remembered, so that a second one has no second effect. */
const MAX_SPENT = 5_000;

/** Carries out presses of our buttons. */
export class ButtonPresses<P extends PlatformTypes> {
  readonly #parts: ButtonPressesParts<P>;
  readonly #spent = new BoundedMap<string, true>(MAX_SPENT);

  constructor(parts: ButtonPressesParts<P>) {
    this.#parts = parts;
  }

  /**
   * Carries out a press.
   *
   * @param start Takes work that the answer to the click does not wait for.
   * @returns the notice to the person who pressed.
   * @throws what the app's own rule of who may press throws.
   */
  carryOut(pressed: ButtonPress<P["person"]>, start: StartWork): ClickAnswer {
    const { button, runId, by } = pressed;
    const { options, platform, runs } = this.#parts;
    const run = runs.find(runId);
    // An opinion needs no run that is still known, because cards outlive processes.
    if (button.action === "feedback") return this.#feedback(pressed, button, run, start);
    if (run === undefined) return "unknown-run";
    const claim = { by, action: button.action, askedBy: run.askedBy };
    if (!mayPress(claim, platform.idsOf(by), options.mayAct)) return "not-yours";
    const press: Press<P> = { pressed, run, start };
    switch (button.action) {
      case "stop":
        return this.#stop(press);
      case "regenerate":
        return this.#regenerate(press);
      case "approve":
      case "deny":
        return this.#decide(press, button);
    }
  }

  #stop({ pressed, run }: Press<P>): ClickAnswer {
    const { card, result } = run;
    if (card === undefined) return result?.status === "stopped" ? "already-stopped" : "already-ended";
    if (!this.#spend(`stop ${run.runId}`)) return "already-stopped";
    const [stoppedBy] = this.#parts.platform.idsOf(pressed.by);
    void card.stop(new ReaderStopError(stoppedBy === undefined ? {} : { stoppedBy }));
    return "stopped";
  }

  #feedback(
    { by, runId, messageId, chatId }: ButtonPress<P["person"]>,
    { rating }: Extract<ButtonAction, { action: "feedback" }>,
    run: KnownRun | undefined,
    start: StartWork,
  ): ClickAnswer {
    const { options, platform } = this.#parts;
    const { onFeedback } = options;
    if (onFeedback === undefined) return "not-available";
    const opinion = `feedback ${runId} ${platform.idsOf(by)[0]}`;
    if (!this.#spend(`${opinion} ${rating}`)) return "already-thanked";
    // A person who changes their mind may change it back.
    this.#spent.delete(`${opinion} ${rating === "up" ? "down" : "up"}`);
    const question = run === undefined ? undefined : this.#question(run);
    start(async () => void (await onFeedback({ rating, by, runId, messageId, chatId, question })));
    return "thanks";
  }

  #regenerate({ run, start }: Press<P>): ClickAnswer {
    if (run.result === undefined) return "still-running";
    const question = this.#question(run);
    if (question === undefined) return "unknown-run";
    if (!this.#spend(`regenerate ${run.runId}`)) return "already-regenerated";
    const cardId = run.result.cards.at(-1)?.cardId;
    start(() => this.#parts.answering.regenerate(question, cardId));
    return "regenerating";
  }

  #decide(
    { pressed, run, start }: Press<P>,
    { action, approvalId }: Extract<ButtonAction, { approvalId: string }>,
  ): ClickAnswer {
    const { messageId: askedIn, cardIndex, buttonsId } = pressed;
    const question = this.#question(run);
    if (question === undefined) return "unknown-run";
    if (!this.#spend(`decide ${run.runId} ${approvalId}`)) return "already-decided";
    const isApproved = action === "approve";
    const cardId = run.result?.cards[cardIndex]?.cardId;
    start(() =>
      this.#parts.answering.decide({ approvalId, isApproved, question, askedIn, cardId, buttonsId }),
    );
    return isApproved ? "approved" : "denied";
  }

  #question({ replyTo }: KnownRun): P["message"] | undefined {
    return replyTo === undefined ? undefined : this.#parts.answering.findQuestion(replyTo);
  }

  /** Spends a press. @returns true where it had not been spent before. */
  #spend(press: string): boolean {
    if (this.#spent.has(press)) return false;
    this.#spent.set(press, true);
    return true;
  }
}
