import type { Hello, PageEvent } from "../../page-protocol/page-event.ts";
import type { Message } from "../world/message.ts";
import type { Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { chatsOf, namesIn, newestMessages, pageChat } from "./chat-view.ts";
import { pageMessage } from "./message-view.ts";

/** Somebody who looks at a page. */
export interface Viewer {
  readonly person: Person;
  /** The chat that is open. */
  readonly chatId: string | undefined;
  /** How many of its messages are shown. */
  readonly messageCount: number;
  /** Takes an event, which may change after this call. */
  send(event: PageEvent): void;
}

/** Everything that one viewer sees, as it is now. */
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
