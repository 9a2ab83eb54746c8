import type { Platform } from "./candidate.ts";

const ELEMENT_ID = "md";

/** Card of four calls: a token, a card, a message, and text into the card. */
export class PlainCard {
  readonly #platform: Platform;
  readonly #token: string;
  readonly #cardId: string;
  #sequence = 0;

  private constructor(platform: Platform, token: string, cardId: string) {
    this.#platform = platform;
    this.#token = token;
    this.#cardId = cardId;
  }

  static async open(platform: Platform): Promise<PlainCard> {
    const { appId, appSecret } = platform.credentials;
    const access = await call(platform, "POST", "/auth/v3/tenant_access_token/internal", {
      app_id: appId,
      app_secret: appSecret,
    });
    const token = String(access.tenant_access_token);
    const card = {
      schema: "2.0",
      config: { update_multi: true, streaming_mode: true },
      body: { elements: [{ tag: "markdown", element_id: ELEMENT_ID, content: "…" }] },
    };
    const body = { type: "card_json", data: JSON.stringify(card) };
    const created = (await call(platform, "POST", "/cardkit/v1/cards", body, token)).data as
      | { card_id?: string }
      | undefined;
    const cardId = String(created?.card_id);
    const content = JSON.stringify({ type: "card", data: { card_id: cardId } });
    const message = { receive_id: platform.chatId, msg_type: "interactive", content };
    await call(platform, "POST", "/im/v1/messages?receive_id_type=chat_id", message, token);
    return new PlainCard(platform, token, cardId);
  }

  /** Sends the full text. A refused write is not repeated, because the next one has newer text. */
  async show(content: string): Promise<void> {
    await this.#operate("PUT", `/elements/${ELEMENT_ID}/content`, { content });
  }

  async close(): Promise<void> {
    const settings = JSON.stringify({ config: { streaming_mode: false } });
    await this.#operate("PATCH", "/settings", { settings });
  }

  async #operate(method: string, path: string, body: Record<string, unknown>): Promise<void> {
    this.#sequence += 1;
    const whole = { ...body, sequence: this.#sequence };
    await call(this.#platform, method, `/cardkit/v1/cards/${this.#cardId}${path}`, whole, this.#token).catch(
      () => {},
    );
  }
}

async function call(
  { domain, fetch = globalThis.fetch }: Platform,
  method: string,
  path: string,
  body: Record<string, unknown>,
  token?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${domain}/open-apis${path}`, {
    method,
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}
