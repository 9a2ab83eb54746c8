import type { App } from "./app.ts";
import { type Chat, type ChatOptions, createChat } from "./chat.ts";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/**
 * Adds a group.
 *
 * @throws {TypeError} when `options` names a person or an app that does not exist, or the id of a chat that does.
 */
export function addGroup(world: World, options: ChatOptions): Chat {
  const { chatId = world.ids.hex("oc_"), name = "Group", refusal } = options;
  if (world.chats.has(chatId)) throw new TypeError(`There is already a chat ${chatId}.`);
  const people = options.people?.map((openId) => {
    const person = world.people.find((candidate) => candidate.openId === openId);
    if (person === undefined) throw new TypeError(`There is nobody with the open id ${openId}.`);
    return person;
  });
  const apps = options.apps?.map((appId) => {
    const app = world.apps.find((candidate) => candidate.appId === appId);
    if (app === undefined) throw new TypeError(`There is no app ${appId}.`);
    return app;
  });
  return addChat(world, {
    chatId,
    type: "group",
    name,
    people: people ?? [...world.people],
    apps: apps ?? world.apps,
    refusal,
  });
}

/** Finds the direct chat of an app's bot with a person, or adds it. */
export function directChat(world: World, app: App, person: Person): Chat {
  for (const chat of world.chats.values()) {
    if (chat.type === "p2p" && chat.people[0] === person && chat.apps[0] === app) return chat;
  }
  return addChat(world, {
    chatId: world.ids.hex("oc_"),
    type: "p2p",
    name: person.name,
    people: [person],
    apps: [app],
    refusal: person.refusal,
  });
}

function addChat(world: World, options: Parameters<typeof createChat>[0]): Chat {
  const chat = createChat(options, world.rules.messageLimitPerSecond);
  world.chats.set(chat.chatId, chat);
  world.changes.emit({ type: "chat-added", chatId: chat.chatId });
  return chat;
}
