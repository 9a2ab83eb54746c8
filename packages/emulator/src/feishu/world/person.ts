import type { Ids } from "../../ground/ids.ts";
import type { App } from "./app.ts";

/** A person in the tenant. */
export interface Person {
  /** Open id for the default app. Every other app knows the person by another one. */
  readonly openId: string;
  /** Union id, the same for all apps. */
  readonly unionId: string;
  /** User id, the same for all apps. */
  readonly userId: string;
  /** Email address, by which messages can be sent to the person. */
  readonly email: string;
  /** Name that the page and the cards show. */
  readonly name: string;
  /** Code that answers every message to this person's direct chat, such as 230013 (outside the app's availability). */
  readonly refusal?: number;
}

/** Ids of one account, as events carry them. */
export interface UserIds {
  /** Union id, the same for all apps. */
  union_id: string;
  /** User id. Empty for a bot. */
  user_id: string;
  /** Open id for the app that gets the event. */
  open_id: string;
}

export function createPerson(options: Partial<Person>, ids: Ids): Person {
  const userId = options.userId ?? ids.hex("", 8);
  return {
    openId: options.openId ?? ids.hex("ou_"),
    unionId: options.unionId ?? ids.hex("on_"),
    userId,
    email: options.email ?? `${userId}@example.com`,
    name: options.name ?? userId,
    ...(options.refusal === undefined ? {} : { refusal: options.refusal }),
  };
}

/** Derives the open id by which an app knows a person. */
export function openIdFor(app: App, person: Person): string {
  return app.index === 0 ? person.openId : `${person.openId}${app.index.toString(16).padStart(2, "0")}`;
}

/** Collects the ids by which an app knows a person. */
export function userIds(app: App, person: Person): UserIds {
  return { union_id: person.unionId, user_id: person.userId, open_id: openIdFor(app, person) };
}
