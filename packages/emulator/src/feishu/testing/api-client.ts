import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from "../../ground/json.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";

export interface ApiReply {
  status: number;
  code: number;
  msg: string;
  data: JsonObject;
  body: JsonObject;
  headers: Headers;
}

type Fetch = typeof globalThis.fetch;

/** Calls the API as an app does, for tests. */
export interface ApiClient {
  call(method: string, path: string, body?: JsonValue): Promise<ApiReply>;
  /** Creates a card entity and gives back its id. */
  create(card: JsonObject): Promise<string>;
  content(cardId: string, elementId: string, content: string, sequence: number): Promise<ApiReply>;
  settings(cardId: string, config: JsonObject, sequence: number): Promise<ApiReply>;
  batch(cardId: string, actions: JsonValue, sequence: number): Promise<ApiReply>;
  /** Sends a card entity and gives back the message id. */
  send(cardId: string, chatId: string): Promise<string>;
}

export async function createApiClient(
  emulator: FeishuEmulator,
  {
    fetch = emulator.fetch,
    app = emulator.credentials,
  }: { fetch?: Fetch; app?: FeishuEmulator["credentials"] } = {},
): Promise<ApiClient> {
  const request = async (method: string, path: string, headers: Record<string, string>, body?: JsonValue) => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const parsed = parseJsonObject(await response.text()) ?? {};
    const { code, msg, data } = parsed;
    return {
      status: response.status,
      code: typeof code === "number" ? code : Number.NaN,
      msg: typeof msg === "string" ? msg : "",
      data: isJsonObject(data) ? data : {},
      body: parsed,
      headers: response.headers,
    };
  };
  const tokenPath = "/open-apis/auth/v3/tenant_access_token/internal";
  const issued = await request("POST", tokenPath, {}, { app_id: app.appId, app_secret: app.appSecret });
  const authorization = `Bearer ${String(issued.body.tenant_access_token)}`;
  const call: ApiClient["call"] = (method, path, body) => request(method, path, { authorization }, body);
  const idOf = ({ code, msg, data }: ApiReply, field: string): string => {
    const id = data[field];
    if (typeof id !== "string") throw new Error(`The emulator answered ${code} ${msg}`);
    return id;
  };
  return {
    call,
    create: async (card) => {
      const reply = await call("POST", "/open-apis/cardkit/v1/cards", {
        type: "card_json",
        data: JSON.stringify(card),
      });
      return idOf(reply, "card_id");
    },
    content: (cardId, elementId, content, sequence) =>
      call("PUT", `/open-apis/cardkit/v1/cards/${cardId}/elements/${elementId}/content`, {
        content,
        sequence,
      }),
    settings: (cardId, config, sequence) =>
      call("PATCH", `/open-apis/cardkit/v1/cards/${cardId}/settings`, {
        settings: JSON.stringify({ config }),
        sequence,
      }),
    batch: (cardId, actions, sequence) =>
      call("POST", `/open-apis/cardkit/v1/cards/${cardId}/batch_update`, {
        actions: JSON.stringify(actions),
        sequence,
      }),
    send: async (cardId, chatId) => {
      const content = JSON.stringify({ type: "card", data: { card_id: cardId } });
      const body = { receive_id: chatId, msg_type: "interactive", content };
      return idOf(
        await call("POST", "/open-apis/im/v1/messages?receive_id_type=chat_id", body),
        "message_id",
      );
    },
  };
}
