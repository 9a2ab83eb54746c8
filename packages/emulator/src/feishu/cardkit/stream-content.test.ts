import { beforeEach, describe, expect, it } from "vitest";
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

const text = (elementId: string) =>
  emulator.card(cardId).elements.find((element) => element.elementId === elementId)?.content;

describe("given a content call", () => {
  it("sets the text of a markdown component", async () => {
    const reply = await api.content(cardId, "answer", "Hello", 1);

    expect(reply.body).toEqual({ code: 0, msg: "success", data: {} });
    expect(text("answer")).toBe("Hello");
  });

  it("sets the text of a plain text object wherever it stands", async () => {
    const card = streamingCard({ tag: "div", text: { tag: "plain_text", element_id: "note", content: "…" } });
    ({ emulator, api, cardId } = await setUpCard({}, card));

    expect(await api.content(cardId, "note", "Hello", 1)).toMatchObject({ code: 0 });
    expect(text("note")).toBe("Hello");
  });

  it.each([
    {
      name: "an unknown element",
      elementId: "nobody",
      content: "x",
      code: 300313,
      msg: "not find elementID : nobody; ",
    },
    {
      name: "a component without text",
      elementId: "line",
      content: "x",
      code: 300310,
      msg: "only update text; ",
    },
    {
      name: "an empty text",
      elementId: "answer",
      content: "",
      code: 10002,
      msg: "invalid parameter content; ",
    },
    {
      name: "a text of 100,001 characters",
      elementId: "answer",
      content: "x".repeat(100_001),
      code: 10002,
      msg: "",
    },
    { name: "a card over 30 KB", elementId: "answer", content: "x".repeat(30_000), code: 200860, msg: "" },
    {
      name: "an image by its address",
      elementId: "answer",
      content: "![a](https://x.y)",
      code: 200570,
      msg: "card contains invalid image keys; ErrorValue: image key https://x.y; ",
    },
  ])("answers $code for $name", async ({ elementId, content, code, msg }) => {
    const reply = await api.content(cardId, elementId, content, 1);

    expect(reply).toMatchObject({ status: 400, code });
    expect(reply.msg).toContain(msg);
  });

  it("answers 300310 for a lark_md text", async () => {
    const card = streamingCard({ tag: "div", text: { tag: "lark_md", element_id: "note", content: "…" } });
    ({ emulator, api, cardId } = await setUpCard({}, card));

    expect(await api.content(cardId, "note", "x", 1)).toMatchObject({ code: 300310 });
  });

  it("answers 230099 with the sub-code for too many tables", async () => {
    const tables = Array(5).fill("| a |\n|---|").join("\n\n");

    expect(await api.content(cardId, "answer", tables, 1)).toMatchObject({
      status: 400,
      code: 230099,
      msg: "Failed to create card content, ext=ErrCode: 11310; ErrMsg: card table number over limit; ErrorValue: table; ",
    });
  });

  it("keeps count of bytes and tables as reading the whole card would", async () => {
    await api.content(cardId, "answer", 'a "quoted" 好 text\n\n| a |\n|---|', 1);
    const streamed = emulator.card(cardId);
    await api.call("PUT", `${CARDS}/${cardId}`, {
      card: { type: "card_json", data: JSON.stringify(streamed.json) },
      sequence: 2,
    });

    const { bytes, tableCount, elementCount } = emulator.card(cardId);
    expect({ bytes, tableCount, elementCount }).toEqual({
      bytes: streamed.bytes,
      tableCount: streamed.tableCount,
      elementCount: streamed.elementCount,
    });
  });

  it("lets an uploaded image be shown", async () => {
    expect(await api.content(cardId, "answer", `![a](${emulator.addImage()})`, 1)).toMatchObject({ code: 0 });
  });
});
