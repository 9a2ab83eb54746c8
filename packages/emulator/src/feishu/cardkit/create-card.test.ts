import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import type { ApiClient } from "../testing/api-client.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";
import { setUpCard } from "../testing/set-up.ts";

const CARDS = "/open-apis/cardkit/v1/cards";

let emulator: FeishuEmulator;
let api: ApiClient;
let cardId: string;

beforeEach(async () => {
  const card = streamingCard(markdown("answer", "…"), { tag: "hr", element_id: "line" });
  ({ emulator, api, cardId } = await setUpCard({}, card));
});

describe("given a request to create a card", () => {
  const create = (body: JsonObject) => api.call("POST", CARDS, body);

  it("answers the id of the new card, 19 digits as text", async () => {
    const reply = await create({ type: "card_json", data: JSON.stringify(cardOf()) });

    expect(reply.body).toEqual({
      code: 0,
      msg: "success",
      data: { card_id: expect.stringMatching(/^\d{19}$/) },
    });
  });

  it.each([
    { name: "no data", body: { type: "card_json" }, code: 99992402 },
    { name: "a card that is not text", body: { type: "card_json", data: cardOf() }, code: 99992402 },
    { name: "a body wrapped once more", body: { data: { type: "card_json", data: "{}" } }, code: 99992402 },
    { name: "empty data", body: { type: "card_json", data: "" }, code: 10002 },
    { name: "another type", body: { type: "card", data: "{}" }, code: 10002 },
    { name: "no JSON", body: { type: "card_json", data: "card" }, code: 200220 },
    { name: "an array", body: { type: "card_json", data: "[]" }, code: 200220 },
    { name: "an empty card", body: { type: "card_json", data: "{}" }, code: 300307 },
    { name: "an unknown template", body: { type: "template", data: '{"template_id":"x"}' }, code: 200220 },
  ])("answers $code for $name", async ({ body, code }) => {
    expect(await create(body)).toMatchObject({ status: 400, code });
  });

  it("words a refusal as the service does, with an empty data and the log id of the header", async () => {
    const reply = await create({ type: "card_json", data: "{}" });

    expect(reply.body).toEqual({
      code: 300307,
      data: {},
      msg: "ErrMsg: card dsl is empty; ",
      error: { log_id: reply.headers.get("x-tt-logid") },
    });
    expect(reply.headers.get("x-tt-logid")).toMatch(/^\d{14}[0-9A-F]{20}$/);
  });

  it("names the field that violates the gateway's schema", async () => {
    const reply = await create({ type: "card_json" });

    expect(reply.body.error).toMatchObject({
      field_violations: [{ field: "data", value: "", description: "data is required" }],
    });
  });
});

describe("given a template", () => {
  const card = streamingCard(
    { tag: "markdown", element_id: "greeting", content: `Hello \${name}, \${count} new` },
    { tag: "div", text: { tag: "plain_text", element_id: "plain", content: `\${name}` } },
  );
  const data = (fields: JsonObject) => JSON.stringify({ template_id: "AAq1", ...fields });

  beforeEach(() => emulator.addTemplate({ templateId: "AAq1", versionName: "1.0.2", card }));

  it("fills in its variables", async () => {
    const reply = await api.call("POST", CARDS, {
      type: "template",
      data: data({ template_variable: { name: "Xia", count: 3 } }),
    });

    const made = emulator.card(String(reply.data.card_id));
    expect(made.elements.map(({ content }) => content)).toEqual(["Hello Xia, 3 new", undefined, "Xia"]);
  });

  it("refuses another version", async () => {
    const reply = await api.call("POST", CARDS, {
      type: "template",
      data: data({ template_version_name: "2.0.0" }),
    });

    expect(reply.code).toBe(200220);
  });

  it("lets only its markdown be streamed", async () => {
    const reply = await api.call("POST", CARDS, { type: "template", data: data({}) });
    const id = String(reply.data.card_id);

    expect(await api.content(id, "plain", "x", 1)).toMatchObject({ code: 300310 });
    expect(await api.content(id, "greeting", "x", 1)).toMatchObject({ code: 0 });
  });
});

describe("given the retired conversion of message ids", () => {
  const convert = (messageId: string) => api.call("POST", `${CARDS}/id_convert`, { message_id: messageId });

  it("does not exist by default", async () => {
    expect(await convert("om_1")).toMatchObject({ status: 404, code: 99991201 });
  });

  it("finds the card of a message when it is switched on", async () => {
    ({ emulator, api, cardId } = await setUpCard({ idConvert: "on" }));
    const messageId = await api.send(cardId, emulator.chats.group);

    expect(await convert(messageId)).toMatchObject({ code: 0, data: { card_id: cardId } });
    expect(await convert("om_other")).toMatchObject({ code: 10002 });
  });
});
