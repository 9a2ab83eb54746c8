import { type Clock, InvalidOptionError } from "@streamcard/core";
import type { ClickOptions } from "./clicks/click-options.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import type { MessageOptions } from "./messages/message-options.ts";
import type { PlatformTypes } from "./platform/platform-types.ts";

/** Options of a bot: its handlers, its memory, and the people whom it hears. */
export interface BotOptions<P extends PlatformTypes> extends MessageOptions<P>, ClickOptions<P> {
  /**
   * Told of what the handlers and stores throw, and of keys and credentials that are missing.
   * @defaultValue `console.error`
   */
  onError?: ((error: unknown) => void) | undefined;
  /**
   * Remembers deliveries, so that a repeated one starts nothing twice.
   * @defaultValue this process's memory
   */
  deliveries?: DeliveryStore | undefined;
  /** @defaultValue the system's clock */
  clock?: Clock | undefined;
}

const handlers = ["onMessage", "onError", "onCardAction", "onFeedback", "conversationOf"] as const;
const choices = { whenBusy: ["queue", "replace", "drop"], mayAct: ["asker", "anyone"] } as const;

/** A longer time is none for a timer, which counts milliseconds in 31 bits. */
const MAX_RUN_LIMIT_MS = 2 ** 31 - 1;

/** @throws {InvalidOptionError} when an option can never work. */
export function checkBotOptions<P extends PlatformTypes>(options: BotOptions<P>): void {
  for (const name of handlers) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "function") throw wrong(name, "a function", value);
  }
  for (const [name, words] of Object.entries(choices)) {
    const value: unknown = options[name as keyof typeof choices];
    const isFunction = name === "mayAct" && typeof value === "function";
    if (value !== undefined && !isFunction && !words.some((word) => word === value)) {
      throw wrong(name, `one of ${words.join(", ")}${name === "mayAct" ? " or a function" : ""}`, value);
    }
  }
  for (const name of ["allowedUsers", "allowedChats"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && !(Array.isArray(value) && value.every((id) => typeof id === "string"))) {
      throw wrong(name, "a list of ids", value);
    }
  }
  const { maxRunMs } = options;
  if (maxRunMs !== undefined && !(maxRunMs > 0 && maxRunMs <= MAX_RUN_LIMIT_MS)) {
    throw wrong("maxRunMs", `a number of milliseconds from 1 to ${MAX_RUN_LIMIT_MS}`, maxRunMs);
  }
}

function wrong(option: string, expected: string, value: unknown): InvalidOptionError {
  return new InvalidOptionError(
    `${option} must be ${expected}, received ${JSON.stringify(value) ?? typeof value}.`,
  );
}
