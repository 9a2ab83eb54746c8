import type { PageEvent } from "../../page-protocol/page-event.ts";
import type { Chat } from "../world/chat.ts";
import type { Message } from "../world/message.ts";
import type { World } from "../world/world.ts";
import { pageChat } from "./chat-view.ts";
import { helloFor, type Viewer } from "./hello.ts";

/** The connected viewers of pages. */
export class Audience {
  readonly #world: World;
  readonly #viewers = new Set<Viewer>();
  /** The newest message of each chat, by chat id. */
  readonly #lastOf = new Map<string, Message>();
  /** Lines of the chat list as the viewers have them, as JSON by chat id. */
  readonly #sentChats = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  get isEmpty(): boolean {
    return this.#viewers.size === 0;
  }

  /** Tells whether a viewer has the chat open. */
  hasOpen(chatId: string | undefined): boolean {
    return [...this.#viewers].some((viewer) => viewer.chatId === chatId);
  }

  /** Adds a viewer and sends the full state. @returns that state. */
  join(viewer: Viewer): ReturnType<typeof helloFor> {
    const hello = helloFor(this.#world, viewer, this.#lastOf);
    // With other viewers there, their older lines stay the basis for the next ones.
    for (const chat of this.isEmpty ? hello.chats : []) {
      this.#sentChats.set(chat.chatId, JSON.stringify(chat));
    }
    this.#viewers.add(viewer);
    viewer.send(hello);
    return hello;
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** Removes all viewers. */
  clear(): void {
    this.#viewers.clear();
    this.forget();
  }

  /** Forgets the messages and lines of the chats. */
  forget(): void {
    this.#lastOf.clear();
    this.#sentChats.clear();
  }

  /** Notes the newest message of its chat. */
  noteLast(message: Message): void {
    this.#lastOf.set(message.chat.chatId, message);
  }

  send(event: PageEvent): void {
    for (const viewer of this.#viewers) viewer.send(event);
  }

  /** Sends an event to the viewers who have the chat open. */
  sendToChat(chatId: string, event: PageEvent): void {
    for (const viewer of this.#viewers) if (viewer.chatId === chatId) viewer.send(event);
  }

  /** Sends a chat's line in the list to the chat's people, unless it is the same as before. */
  sendLine(chat: Chat): void {
    const line = pageChat(this.#world, chat, this.#lastOf.get(chat.chatId));
    const text = JSON.stringify(line);
    if (this.#sentChats.get(chat.chatId) === text) return;
    this.#sentChats.set(chat.chatId, text);
    for (const viewer of this.#viewers) {
      if (chat.people.includes(viewer.person)) viewer.send({ type: "chat", chat: line });
    }
  }
}
