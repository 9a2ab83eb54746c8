import type { PlatformTypes } from "../platform/platform-types.ts";
import type { MayAct } from "./may-act.ts";

/** An opinion on an answer. */
export interface Feedback<P extends PlatformTypes> {
  readonly rating: "up" | "down";
  /** The person who pressed the button. */
  readonly by: P["person"];
  readonly runId: string;
  /** Id of the message that shows the card. */
  readonly messageId: string;
  readonly chatId: string;
  /** The question, where this process still knows it. */
  readonly question: P["message"] | undefined;
}

/** Options of the answers to clicks. */
export interface ClickOptions<P extends PlatformTypes> {
  /**
   * Answers a click on a component that is not one of our buttons: a toast, another card, or nothing. The answer has to
   * come within the time that the platform gives, 2.5 seconds on Feishu; a later one is not shown, and the handler goes on.
   * @defaultValue none: such clicks get no answer
   */
  onCardAction?:
    | ((action: P["cardAction"]) => P["cardAnswer"] | undefined | Promise<P["cardAnswer"] | undefined>)
    | undefined;
  /**
   * Receives each opinion on an answer, once for each change of mind.
   * @defaultValue none: feedback buttons are not drawn, and the press of an older one is answered with "not available"
   */
  onFeedback?: ((feedback: Feedback<P>) => unknown) | undefined;
  /**
   * The people who may press Stop, Regenerate, Approve and Deny. A function is asked at each press.
   * @defaultValue "asker"
   */
  mayAct?: MayAct<P["person"]> | undefined;
}
