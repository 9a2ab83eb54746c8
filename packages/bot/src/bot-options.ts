import type { Clock } from "@streamcard/core";
import { aFunction, anyOf, checkOption, type Expected, oneOf } from "@streamcard/core/internal";
import type { ClickOptions } from "./clicks/click-options.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import type { MessageOptions } from "./messages/message-options.ts";
import type { PlatformTypes } from "./platform/platform-types.ts";

/** Options of a bot: its handlers, its memory, and the people whom it hears. */
export interface BotOptions<P extends PlatformTypes> extends MessageOptions<P>, ClickOptions<P> {
  /**
   * Receives the errors of handlers and stores, and those of missing keys and credentials.
   * @defaultValue `console.error`
   */
  onError?: ((error: unknown) => void) | undefined;
  /**
   * Remembers deliveries, so that a repeated one starts nothing twice.
   * @defaultValue this process's memory
   */
  deliveries?: DeliveryStore | undefined;
  /** Clock of all times and timers. @defaultValue the system's */
  clock?: Clock | undefined;
}

const handlers = ["onMessage", "onError", "onCardAction", "onFeedback", "conversationOf"] as const;

/** Largest time of a timer, which counts milliseconds in 31 bits. */
const MAX_RUN_LIMIT_MS = 2 ** 31 - 1;

const ids: Expected = {
  words: ["a list of ids"],
  accepts: (value) => Array.isArray(value) && value.every((id) => typeof id === "string"),
};

const runTime: Expected = {
  words: [`a number of milliseconds from 1 to ${MAX_RUN_LIMIT_MS}`],
  accepts: (value) => typeof value === "number" && value > 0 && value <= MAX_RUN_LIMIT_MS,
};

/** Checks the options of a bot. @throws {InvalidOptionError} when an option can never work. */
export function checkBotOptions<P extends PlatformTypes>(options: BotOptions<P>): void {
  for (const name of handlers) checkOption(name, options[name], aFunction);
  checkOption("whenBusy", options.whenBusy, oneOf("queue", "replace", "drop"));
  checkOption("mayAct", options.mayAct, anyOf(oneOf("asker", "anyone"), aFunction));
  checkOption("allowedUsers", options.allowedUsers, ids);
  checkOption("allowedChats", options.allowedChats, ids);
  checkOption("maxRunMs", options.maxRunMs, runTime);
}
