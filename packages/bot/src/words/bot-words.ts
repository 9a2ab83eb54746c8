import type { ToastKind } from "../clicks/toast-kind.ts";
import type { MarkKind } from "../platform/bot-platform.ts";

/** The words of a bot in one language. */
export interface BotWords {
  /** Notices to a person who clicked. */
  readonly toasts: Readonly<Record<ToastKind, string>>;
  /** Notes on finished cards. */
  readonly marks: Readonly<Record<MarkKind, string>>;
}
