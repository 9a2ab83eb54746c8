import type { JsonObject, JsonValue } from "../../ground/json.ts";
import type { ApiReply } from "./api-client.ts";
import type { Tenant } from "./set-up.ts";

export const MESSAGES = "/open-apis/im/v1/messages";

export interface Sending {
  to?: string;
  idType?: string;
  msgType?: string;
  content?: JsonValue;
  uuid?: string;
}

/** The calls of the message API, for tests. Content is given as JSON and sent as text. */
export type MessageCalls = ReturnType<typeof messageCalls>;

export function messageCalls({ api, emulator }: Pick<Tenant, "api" | "emulator">) {
  const send = ({
    to = emulator.chats.group,
    idType = "chat_id",
    msgType = "text",
    content,
    uuid,
  }: Sending = {}) =>
    api.call("POST", `${MESSAGES}?receive_id_type=${idType}`, {
      receive_id: to,
      msg_type: msgType,
      content: typeof content === "string" ? content : JSON.stringify(content ?? { text: "hi" }),
      ...(uuid === undefined ? {} : { uuid }),
    });
  return {
    send,
    sendCard: (content: JsonValue) => send({ msgType: "interactive", content }),
    reply: (messageId: string, more: JsonObject = {}) =>
      api.call("POST", `${MESSAGES}/${messageId}/reply`, {
        msg_type: "text",
        content: '{"text":"re"}',
        ...more,
      }),
    patch: (messageId: string, card: JsonValue) =>
      api.call("PATCH", `${MESSAGES}/${messageId}`, { content: JSON.stringify(card) }),
    edit: (messageId: string, text = "edited") =>
      api.call("PUT", `${MESSAGES}/${messageId}`, { msg_type: "text", content: JSON.stringify({ text }) }),
    recall: (messageId: string) => api.call("DELETE", `${MESSAGES}/${messageId}`),
    read: (messageId: string, query = "") => api.call("GET", `${MESSAGES}/${messageId}${query}`),
  };
}

/** Reads the id of the message that was sent. */
export function messageIdOf({ data }: ApiReply): string {
  return String(data.message_id);
}
