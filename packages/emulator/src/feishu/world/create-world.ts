import { BoundedMap } from "../../ground/bounded-map.ts";
import type { Clock } from "../../ground/clock.ts";
import { createIds } from "../../ground/ids.ts";
import { defaultHistory, type FeishuEmulatorOptions } from "../emulator/emulator-options.ts";
import { resolveFeishuRules } from "../rules/feishu-rules.ts";
import { createTokenStore } from "./access-token.ts";
import { createApiLimits } from "./api-limits.ts";
import { createApp } from "./app.ts";
import { createFeed } from "./change.ts";
import { type Chat, type ChatOptions, createChat } from "./chat.ts";
import { createPerson } from "./person.ts";
import type { World } from "./world.ts";

/** A tenant with its apps, two people, a group chat, and nothing said yet. */
export function createWorld(options: FeishuEmulatorOptions, clock: Clock): World {
  const ids = createIds(options.random);
  const history = { ...defaultHistory, ...options.history };
  const rules = resolveFeishuRules(options.rules);
  const tenantKey = ids.hex("", 16);
  const apps = (options.apps ?? [{}]).map((app, index) => createApp(app, index, ids));
  return {
    clock,
    rules,
    ids,
    tenantKey,
    apps,
    people: [
      createPerson({ name: "Lin Xia", email: "lin.xia@example.com" }, ids),
      createPerson({ name: "Zhou Ming", email: "zhou.ming@example.com" }, ids),
    ],
    chats: new Map(),
    messages: new BoundedMap(history.messages),
    cards: new BoundedMap(history.cards),
    images: new BoundedMap(history.images),
    templates: new Map(options.templates?.map((template) => [template.templateId, template])),
    sentUuids: new BoundedMap(history.messages),
    tokens: createTokenStore(apps),
    limits: createApiLimits(rules),
    changes: createFeed(),
    maxOperations: history.operations,
  };
}

/** @throws {TypeError} when it names a person or an app that does not exist, or a chat that does. */
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
  const chat = createChat(
    { chatId, type: "group", name, people: people ?? [...world.people], apps: apps ?? world.apps, refusal },
    world.rules.messageLimitPerSecond,
  );
  world.chats.set(chatId, chat);
  world.changes.emit({ type: "chat-added", chatId });
  return chat;
}
