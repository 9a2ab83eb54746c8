import type { Ids } from "../../ground/ids.ts";
import type { App } from "./app.ts";

/** Somebody in the tenant. `openId` is the id that the default app knows them by. */
export interface Person {
  readonly openId: string;
  readonly unionId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** Code that answers a message to this person, such as 230013 (outside the app's availability). */
  readonly refusal?: number;
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

/** An open id belongs to one app: each app knows the same person by another one. */
export function openIdFor(app: App, person: Person): string {
  return app.index === 0 ? person.openId : `${person.openId}${app.index.toString(16).padStart(2, "0")}`;
}
