import { SlidingWindow } from "../../ground/sliding-window.ts";
import type { App } from "./app.ts";
import type { Person } from "./person.ts";

/** A chat that a test adds to the world. */
export interface ChatOptions {
  chatId?: string;
  name?: string;
  /** Open ids of the people in it. @defaultValue everybody */
  people?: readonly string[];
  /** App ids of the bots in it; a bot that is not answers 230002. @defaultValue every app */
  apps?: readonly string[];
  /** Code that answers a message to this chat, such as 230018 (muted) or 230027 (no permission). */
  refusal?: number;
}

export interface Chat {
  readonly chatId: string;
  readonly type: "group" | "p2p";
  readonly name: string;
  readonly people: readonly Person[];
  apps: readonly App[];
  readonly refusal: number | undefined;
  isDissolved: boolean;
  /** Messages to this chat, whichever bot sends them. */
  readonly window: SlidingWindow;
}

export function createChat(chat: Omit<Chat, "isDissolved" | "window">, messagesPerSecond: number): Chat {
  return { ...chat, isDissolved: false, window: new SlidingWindow(messagesPerSecond, 1000) };
}
