import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import type { ApiClient } from "../testing/api-client.ts";
import { markdown, streamingCard } from "../testing/cards.ts";
import { setUpCard } from "../testing/set-up.ts";

const CARDS = "/open-apis/cardkit/v1/cards";

let emulator: FeishuEmulator;
let api: ApiClient;
let cardId: string;

beforeEach(async () => {
  const card = streamingCard(markdown("answer", "…"), { tag: "hr", element_id: "line" });
  ({ emulator, api, cardId } = await setUpCard({}, card));
});

describe("given a full update", () => {
  const update = (card: JsonObject, sequence: number) =>
    api.call("PUT", `${CARDS}/${cardId}`, {
      card: { type: "card_json", data: JSON.stringify(card) },
      sequence,
    });

  it("replaces everything", async () => {
    await update(streamingCard(markdown("other", "new")), 1);

    expect(emulator.card(cardId)).toMatchObject({
      streaming: true,
      json: streamingCard(markdown("other", "new")),
    });
  });

  it.each([
    { name: "no card", body: {}, code: 99992402 },
    { name: "a card that is text", body: { card: "{}" }, code: 99992402 },
    { name: "a template", body: { card: { type: "template", data: "{}" } }, code: 10002 },
    { name: "no JSON", body: { card: { type: "card_json", data: "x" } }, code: 200220 },
    { name: "schema 1.0", body: { card: { type: "card_json", data: '{"elements":[]}' } }, code: 300303 },
  ])("answers $code for $name", async ({ body, code }) => {
    expect(await api.call("PUT", `${CARDS}/${cardId}`, { ...body, sequence: 1 })).toMatchObject({ code });
  });
});

describe("given new settings", () => {
  const settings = (value: unknown) =>
    api.call("PATCH", `${CARDS}/${cardId}/settings`, { settings: JSON.stringify(value), sequence: 1 });

  it("merges them into the old ones and keeps the rest", async () => {
    await settings({ config: { summary: { content: "S" } }, card_link: { url: "https://example.com" } });

    expect(emulator.card(cardId).json).toMatchObject({
      config: { streaming_mode: true, summary: { content: "S" } },
      card_link: { url: "https://example.com" },
    });
  });

  it.each([
    { name: "no object", value: [1], code: 300122 },
    { name: "a config that is no object", value: { config: 1 }, code: 300122 },
    { name: "an unknown setting", value: { config: { colour: "red" } }, code: 300122 },
    { name: "something beside config", value: { config: {}, header: {} }, code: 300122 },
    { name: "a link that is no object", value: { card_link: "x" }, code: 300122 },
    { name: "update_multi false", value: { config: { update_multi: false } }, code: 300302 },
  ])("answers $code for $name", async ({ value, code }) => {
    expect(await settings(value)).toMatchObject({ code });
  });
});
