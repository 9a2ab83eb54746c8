import type { FeishuEmulator } from "@streamcard/emulator";
import type { Json, Part } from "./card-parts.ts";

/** The calls of the API that make the gallery, as any app would make them. */
export interface FeishuApi {
  createCard(card: Part): Promise<string>;
  /** @returns the message id. */
  sendCard(cardId: string, chatId: string): Promise<string>;
  sendText(text: string, chatId: string): Promise<string>;
  reply(messageId: string, text: string, inThread: boolean): Promise<void>;
  /** @returns the image key. */
  uploadImage(png: Uint8Array<ArrayBuffer>): Promise<string>;
}

export async function connect({ url, credentials }: FeishuEmulator): Promise<FeishuApi> {
  const request = async (
    method: string,
    path: string,
    init: RequestInit,
  ): Promise<{ [key: string]: unknown }> => {
    const response = await fetch(`${url}/open-apis${path}`, { method, ...init });
    const reply = (await response.json()) as { code: number; msg: string };
    if (reply.code !== 0) throw new Error(`${method} ${path} was answered ${reply.code} ${reply.msg}`);
    return reply as unknown as { [key: string]: unknown };
  };
  const { appId, appSecret } = credentials;
  const issued = await request("POST", "/auth/v3/tenant_access_token/internal", {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
  });
  const authorization = `Bearer ${issued.tenant_access_token}`;
  const call = async (method: string, path: string, body: Part): Promise<{ [key: string]: Json }> => {
    const headers = { authorization, "content-type": "application/json; charset=utf-8" };
    const { data } = await request(method, path, { headers, body: JSON.stringify(body) });
    return (data ?? {}) as { [key: string]: Json };
  };
  const send = async (chatId: string, type: string, content: Json): Promise<string> => {
    const body = { receive_id: chatId, msg_type: type, content: JSON.stringify(content) };
    return String((await call("POST", "/im/v1/messages?receive_id_type=chat_id", body)).message_id);
  };

  return {
    createCard: async (card) => {
      const body = { type: "card_json", data: JSON.stringify(card) };
      return String((await call("POST", "/cardkit/v1/cards", body)).card_id);
    },
    sendCard: (cardId, chatId) => send(chatId, "interactive", { type: "card", data: { card_id: cardId } }),
    sendText: (text, chatId) => send(chatId, "text", { text }),
    reply: async (messageId, text, inThread) => {
      const body = { msg_type: "text", content: JSON.stringify({ text }), reply_in_thread: inThread };
      await call("POST", `/im/v1/messages/${messageId}/reply`, body);
    },
    uploadImage: async (png) => {
      const form = new FormData();
      form.set("image_type", "message");
      form.set("image", new Blob([png], { type: "image/png" }), "picture.png");
      const { data } = await request("POST", "/im/v1/images", { headers: { authorization }, body: form });
      return String((data as { image_key: string }).image_key);
    },
  };
}
