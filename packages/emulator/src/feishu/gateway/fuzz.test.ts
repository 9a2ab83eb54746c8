import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../../../test/setup/cases.ts";
import type { JsonObject } from "../../ground/json.ts";
import { createManualClock } from "../../testing/manual-clock.ts";
import { createFeishuEmulator } from "../emulator/create-feishu-emulator.ts";
import { createApiClient } from "../testing/api-client.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";

const json = fc.jsonValue({ maxDepth: 4 });
const odd = fc.oneof(
  json,
  json.map((value) => JSON.stringify(value)),
  fc.string(),
);
const tag = fc.constantFrom(
  "markdown",
  "div",
  "hr",
  "column_set",
  "column",
  "table",
  "form",
  "button",
  "img",
  "note",
  "x",
);
const component = fc.letrec((tie) => ({
  component: fc
    .dictionary(
      fc.constantFrom(
        "content",
        "text",
        "elements",
        "columns",
        "header",
        "icon",
        "element_id",
        "img_key",
        "margin",
        "__proto__",
      ),
      fc.oneof({ maxDepth: 3 }, odd, tie("component"), fc.array(tie("component"), { maxLength: 3 })),
      { maxKeys: 5 },
    )
    .chain((fields) => tag.map((name) => ({ ...fields, tag: name }))),
})).component;

describe("given requests that make no sense", () => {
  const rules = {
    cardLimit: "never",
    appLimit: "off",
    messageLimitPerSecond: Number.POSITIVE_INFINITY,
  } as const;

  async function setUp() {
    const emulator = createFeishuEmulator({ clock: createManualClock(), rules });
    const api = await createApiClient(emulator);
    const cardId = await api.create(streamingCard(markdown("answer")));
    return { emulator, api, cardId };
  }

  it("answers each with JSON, a code and a status below 500", async () => {
    const { api, cardId } = await setUp();
    const paths = fc.constantFrom(
      "/open-apis/auth/v3/tenant_access_token/internal",
      "/open-apis/cardkit/v1/cards",
      `/open-apis/cardkit/v1/cards/${cardId}`,
      `/open-apis/cardkit/v1/cards/${cardId}/settings`,
      `/open-apis/cardkit/v1/cards/${cardId}/batch_update`,
      `/open-apis/cardkit/v1/cards/${cardId}/elements`,
      `/open-apis/cardkit/v1/cards/${cardId}/elements/answer`,
      `/open-apis/cardkit/v1/cards/${cardId}/elements/answer/content`,
      "/open-apis/im/v1/messages?receive_id_type=chat_id",
      "/open-apis/im/v1/messages/om_1/reply",
      "/open-apis/im/v1/images",
    );
    const fields = fc.constantFrom(
      "type",
      "data",
      "card",
      "settings",
      "actions",
      "elements",
      "element",
      "partial_element",
      "content",
      "uuid",
      "sequence",
      "target_element_id",
      "receive_id",
      "msg_type",
      "app_id",
      "app_secret",
    );
    const bodies = fc.oneof(json, fc.dictionary(fields, odd));
    const methods = fc.constantFrom("POST", "PUT", "PATCH", "DELETE");

    await fc.assert(
      fc.asyncProperty(methods, paths, bodies, async (method, path, body) => {
        const reply = await api.call(method, path, JSON.parse(JSON.stringify(body)));
        expect(reply.code).not.toBeNaN();
        expect(reply.status).toBeLessThan(500);
      }),
      { numRuns: cases(10) },
    );
  });

  it("answers bytes that are no JSON and forms that are none", async () => {
    const { emulator } = await setUp();
    const types = fc.constantFrom("application/json", "multipart/form-data; boundary=b", "text/plain", "");
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom("--b", "--", "\r\n", 'Content-Disposition: form-data; name="image"', "x"), {
          maxLength: 12,
        })
        .map((parts) => new TextEncoder().encode(parts.join(""))),
    );

    await fc.assert(
      fc.asyncProperty(types, noise, async (type, body) => {
        const response = await emulator.fetch(`${emulator.url}/open-apis/im/v1/images`, {
          method: "POST",
          headers: { "content-type": type },
          body: Uint8Array.from(body),
        });
        expect(response.status).toBe(400);
      }),
    );
  });

  it("takes or refuses any card, and is never left with one that it would refuse", async () => {
    const { api, emulator } = await setUp();

    await fc.assert(
      fc.asyncProperty(fc.array(component, { maxLength: 4 }), async (elements) => {
        const card: JsonObject = JSON.parse(JSON.stringify(cardOf()));
        card.body = { elements: JSON.parse(JSON.stringify(elements)) };
        const reply = await api.call("POST", "/open-apis/cardkit/v1/cards", {
          type: "card_json",
          data: JSON.stringify(card),
        });
        expect(reply.status).toBeLessThan(500);
        if (reply.code !== 0) return;
        const kept = emulator.card(String(reply.data.card_id)).json;
        expect(await api.create(kept)).toMatch(/^\d{19}$/);
      }),
      { numRuns: cases(5) },
    );
  });
});
