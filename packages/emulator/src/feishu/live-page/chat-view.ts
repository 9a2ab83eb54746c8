import type { Names, PageChat } from "../../page-protocol/page-event.ts";
import { listeningApp } from "../people/say.ts";
import type { Chat } from "../world/chat.ts";
import type { Message } from "../world/message.ts";
import { openIdFor, type Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { briefOf } from "./message-view.ts";

/** Makes a chat's line in the list. */
export function pageChat(world: World, chat: Chat, last: Message | undefined): PageChat {
  const botName = listeningApp(world, chat)?.name;
  return {
    chatId: chat.chatId,
    type: chat.type,
    name: chat.type === "p2p" ? (botName ?? chat.name) : chat.name,
    isDissolved: chat.isDissolved,
    memberCount: chat.people.length + chat.apps.length,
    people: chat.people.map(({ openId, name }) => ({ openId, name })),
    botName,
    last: last === undefined ? undefined : briefOf(world, last),
  };
}

/** Lists the chats that a person is in. */
export function chatsOf(world: World, person: Person): Chat[] {
  return [...world.chats.values()].filter(({ people }) => people.includes(person));
}

/** Collects the names of people and bots by every id that a card may contain. */
export function namesIn({ people, apps }: World): Names {
  const names: Names = {};
  for (const app of apps) names[app.openId] = app.name;
  for (const person of people) {
    names[person.userId] = person.name;
    names[person.unionId] = person.name;
    for (const app of apps) names[openIdFor(app, person)] = person.name;
  }
  return names;
}

/** Finds the newest messages of a chat, oldest first. */
export function newestMessages(
  world: World,
  chat: Chat | undefined,
  count: number,
): { messages: Message[]; hasEarlier: boolean } {
  const all = [...world.messages.values()].filter((message) => message.chat === chat);
  return { messages: all.slice(-count), hasEarlier: all.length > count };
}
