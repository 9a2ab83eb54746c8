import type { Hello, PageEvent } from "../../page-protocol/page-event.ts";
import type { Message } from "../world/message.ts";
import type { Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { chatsOf, namesIn, newestMessages, pageChat } from "./chat-view.ts";
import { pageMessage } from "./message-view.ts";

/** A person who looks at a page. */
export interface Viewer {
  readonly person: Person;
  /** The open chat. */
  readonly chatId: string | undefined;
  /** Number of the chat's newest messages to show. */
  readonly messageCount: number;
  /** Sends an event. It has to be serialized within this call, because its objects may change later. */
  send(event: PageEvent): void;
}

/** Makes the event with the full state for one viewer. */
export function helloFor(
  world: World,
  { person, chatId, messageCount }: Viewer,
  lastOf: ReadonlyMap<string, Message>,
): Hello {
  const chats = chatsOf(world, person);
  const open = chats.find((chat) => chat.chatId === chatId);
  const { messages, hasEarlier } = newestMessages(world, open, messageCount);
  return {
    type: "hello",
    me: { openId: person.openId, name: person.name },
    appId: world.apps[0]?.appId ?? "",
    names: namesIn(world),
    chats: chats.map((chat) => pageChat(world, chat, lastOf.get(chat.chatId))),
    chatId: open?.chatId,
    messages: messages.map((message) => pageMessage(world, message)),
    hasEarlier,
  };
}
