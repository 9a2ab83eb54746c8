import type { ApiCall } from "../api/api-call.ts";
import { fieldViolation } from "../rules/platform-error.ts";
import { directChat } from "../world/add-chat.ts";
import type { App } from "../world/app.ts";
import type { Chat } from "../world/chat.ts";
import { openIdFor, type Person } from "../world/person.ts";
import { messageError, unknownId } from "./message-errors.ts";

type IdType = "open_id" | "union_id" | "user_id" | "email" | "chat_id";

// Form of the ids of each type, and the code that refuses an id of that form that belongs to nobody.
const ID_TYPES: ReadonlyMap<string, { type: IdType; form: RegExp; unknown: number }> = new Map([
  ["open_id", { type: "open_id", form: /^ou_/, unknown: 99992351 }],
  ["union_id", { type: "union_id", form: /^on_/, unknown: 99992363 }],
  ["user_id", { type: "user_id", form: /^(?!(?:ou|on|oc|om|omt|cli)_)[\w-]+$/, unknown: 99992360 }],
  ["email", { type: "email", form: /@/, unknown: 230034 }],
  ["chat_id", { type: "chat_id", form: /^oc_/, unknown: 99992355 }],
]);

/**
 * Finds the chat that a message goes to. An id of a person means the bot's direct chat with that person.
 *
 * @throws {PlatformError} when the type of the id is unknown, or the id belongs to nobody.
 */
export function receivingChat(call: ApiCall, idType: string | null, receiveId: string): Chat {
  const known = ID_TYPES.get(idType ?? "");
  if (known === undefined) {
    const legal = [...ID_TYPES.keys()].join(",");
    throw fieldViolation("receive_id_type", idType ?? "", `receive_id_type must be one of ${legal}`);
  }
  const { type, form, unknown } = known;
  if (!form.test(receiveId)) throw messageError(230034);
  const { world, app } = call;
  const notFound = () => (unknown === 230034 ? messageError(230034) : unknownId(unknown, type, receiveId));
  if (type === "chat_id") {
    const chat = world.chats.get(receiveId);
    if (chat === undefined) throw notFound();
    return chat;
  }
  const person = world.people.find((candidate) => idOf(candidate, type, app) === receiveId);
  if (person !== undefined) return directChat(world, app, person);
  const isOtherApps =
    type === "open_id" && world.apps.some((other) => isKnownTo(other, world.people, receiveId));
  throw isOtherApps ? unknownId(99992361, type, receiveId) : notFound();
}

function idOf(person: Person, type: Exclude<IdType, "chat_id">, app: App): string {
  if (type === "open_id") return openIdFor(app, person);
  if (type === "union_id") return person.unionId;
  return type === "user_id" ? person.userId : person.email;
}

function isKnownTo(app: App, people: readonly Person[], openId: string): boolean {
  return people.some((person) => openIdFor(app, person) === openId);
}
