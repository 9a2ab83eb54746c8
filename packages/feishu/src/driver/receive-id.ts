import { InvalidOptionError } from "@streamcard/core";
import { describeOption } from "@streamcard/core/internal";

/**
 * Kind of the id of a person or a chat.
 *
 * @see https://open.feishu.cn/document/server-docs/im-v1/message/create
 */
export type ReceiveIdType = "open_id" | "union_id" | "user_id" | "email" | "chat_id";

export const receiveIdTypes: readonly ReceiveIdType[] = [
  "open_id",
  "union_id",
  "user_id",
  "email",
  "chat_id",
];

const wrongKinds: readonly { readonly prefix: string; readonly advice: string }[] = [
  { prefix: "om_", advice: "is a message id: use replyTo to reply to that message" },
  { prefix: "omt_", advice: "is a topic id: use replyTo with a message of that topic" },
  { prefix: "cli_", advice: "is an app id: use the id of a person (ou_…) or a chat (oc_…)" },
];

/** Finds the kind of an id by its shape. Ids without a prefix belong to people, as their tenant names them. */
export function receiveIdTypeOf(id: string): ReceiveIdType {
  if (id.startsWith("ou_")) return "open_id";
  if (id.startsWith("on_")) return "union_id";
  if (id.startsWith("oc_")) return "chat_id";
  return id.includes("@") ? "email" : "user_id";
}

/** Checks the id of a person or a chat. @throws {InvalidOptionError} when the platform would refuse it. */
export function checkReceiveId(id: unknown, option: string): asserts id is string {
  if (typeof id !== "string" || id.trim() === "") {
    throw new InvalidOptionError(
      `${option} must be the id of a person or a chat, received ${describeOption(id)}.`,
    );
  }
  const wrong = wrongKinds.find(({ prefix }) => id.startsWith(prefix));
  if (wrong !== undefined) throw new InvalidOptionError(`${option} "${id}" ${wrong.advice}.`);
  if (!/^[\w.+@-]{1,128}$/.test(id) || /^(?:ou|on|oc)_?$/.test(id)) {
    throw new InvalidOptionError(
      `${option} must be an open id (ou_…), union id (on_…), chat id (oc_…), e-mail address or user id, received ${describeOption(id)}.`,
    );
  }
}

/** Checks the id of a message. @throws {InvalidOptionError} when the platform would refuse it. */
export function checkMessageId(id: unknown, option: string): asserts id is string {
  if (typeof id === "string" && /^om_[\w-]+$/.test(id)) return;
  const isChat = typeof id === "string" && /^(?:oc|ou|on)_/.test(id);
  const advice = isChat ? " To send to a person or a chat, use `to`." : "";
  throw new InvalidOptionError(
    `${option} must be the id of a message (om_…), received ${describeOption(id)}.${advice}`,
  );
}
