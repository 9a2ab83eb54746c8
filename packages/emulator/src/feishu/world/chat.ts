import { SlidingWindow } from "../../ground/sliding-window.ts";
import type { App } from "./app.ts";
import type { Person } from "./person.ts";

/** A group that a test adds to the world. */
export interface ChatOptions {
  /** Chat id. @defaultValue a generated one */
  chatId?: string;
  /** Name of the group. @defaultValue "Group" */
  name?: string;
  /** Open ids (for the default app) of the group's people. @defaultValue everybody */
  people?: readonly string[];
  /** App ids of the group's bots. Calls of a bot that is not among them answer 230002. @defaultValue every app */
  apps?: readonly string[];
  /** Code that answers every message to this chat, such as 230018 (muted) or 230027 (no permission). @defaultValue none */
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
  /** Rate limit of the messages to this chat, over all bots. */
  readonly window: SlidingWindow;
}

export function createChat(chat: Omit<Chat, "isDissolved" | "window">, messagesPerSecond: number): Chat {
  return { ...chat, isDissolved: false, window: new SlidingWindow(messagesPerSecond, 1000) };
}
