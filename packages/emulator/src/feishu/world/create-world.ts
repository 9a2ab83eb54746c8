import { BoundedMap } from "../../ground/bounded-map.ts";
import type { Clock } from "../../ground/clock.ts";
import { createFeed } from "../../ground/feed.ts";
import { createIds } from "../../ground/ids.ts";
import type { CardTemplate } from "../cards/card-template.ts";
import { type FeishuRules, resolveFeishuRules } from "../rules/feishu-rules.ts";
import { createTokenStore } from "./access-token.ts";
import { createApiLimits } from "./api-limits.ts";
import { type AppOptions, createApp } from "./app.ts";
import { defaultHistory, type History } from "./history.ts";
import { createPerson } from "./person.ts";
import type { World } from "./world.ts";

/** The part of an emulator's options that shapes its world. */
export interface WorldOptions {
  /** Limits of the platform, and its answers to questions that its documents leave open. @defaultValue `defaultFeishuRules` */
  rules?: Partial<FeishuRules>;
  /** The apps of the tenant. The first one is the default app. @defaultValue one app with all scopes */
  apps?: readonly AppOptions[];
  /** Published cards of the visual builder. @defaultValue none */
  templates?: readonly CardTemplate[];
  /** Source of numbers from 0 (included) to 1 (excluded) for ids. @defaultValue a generator with a fixed seed, so that ids are the same on every run */
  random?: () => number;
  /** Number of requests, cards, messages and images that are kept. @defaultValue see each field of `History` */
  history?: Partial<History>;
}

/** Makes a tenant with its apps and two people. It has no chat and no message yet. */
export function createWorld(options: WorldOptions, clock: Clock): World {
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
