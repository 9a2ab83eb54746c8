import { platformError } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";

const template = {
  templateId: "AAqTemplate",
  card: {
    schema: "2.0",
    config: { update_multi: true },
    header: { title: { tag: "plain_text", content: ["$", "{title}"].join("") } },
    body: { elements: [{ tag: "markdown", element_id: "reply", content: "…" }] },
  },
};

/** A card that somebody else has made and sent, and has written to. */
async function withExistingCard() {
  const world = feishuInVirtualTime();
  const { clock, emulator, to } = world;
  const call = async (path: string, body: object, method = "POST") => {
    const answer = await emulator.fetch(`${emulator.url}${path}`, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${await token()}` },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { data: Record<string, string> };
  };
  const token = async () => {
    const { appId, appSecret } = emulator.credentials;
    const answer = await emulator.fetch(`${emulator.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
    });
    return ((await answer.json()) as { tenant_access_token: string }).tenant_access_token;
  };
  const make = async () => {
    const elements = [
      { tag: "markdown", element_id: "title", content: "**我的卡片**" },
      { tag: "markdown", element_id: "reply", content: "" },
    ];
    const data = JSON.stringify({ schema: "2.0", config: { update_multi: true }, body: { elements } });
    const made = await call("/open-apis/cardkit/v1/cards", { type: "card_json", data });
    const cardId = made.data.card_id ?? "";
    const content = JSON.stringify({ type: "card", data: { card_id: cardId } });
    await call("/open-apis/im/v1/messages?receive_id_type=chat_id", {
      receive_id: to,
      msg_type: "interactive",
      content,
    });
    const settings = JSON.stringify({ config: { summary: { content: "wait" } } });
    await call(`/open-apis/cardkit/v1/cards/${cardId}/settings`, { settings, sequence: 7 }, "PATCH");
    return cardId;
  };
  return { ...world, cardId: await clock.until(make()) };
}

describe("given a card that was made elsewhere", () => {
  it("types the answer into its element and leaves the rest of it alone", async () => {
    const { feishu, cardId, stream, emulator } = await withExistingCard();
    const result = await stream(
      feishu.card({ cardId, elementId: "reply", sequence: 7 }),
      "天空是蓝色的。".repeat(20),
    );
    expect(result).toMatchObject({
      status: "finished",
      delivery: "card",
      cards: [{ cardId, messageId: "" }],
    });
    const card = emulator.card(cardId);
    expect(card.streaming).toBe(false);
    expect(card.elements.map(({ content }) => content)).toEqual([
      "**我的卡片**",
      `${"天空是蓝色的。".repeat(20)}\n\n<font color="grey">已完成</font>`,
    ]);
    expect(card.operations.every(({ code }) => code === 0)).toBe(true);
    expect(card.operations.filter(({ operation }) => operation === "content").length).toBeGreaterThan(3);
  });

  it.each([
    ["that is not known", 0],
    ["far ahead", 2_100_000_000],
  ])("raises a sequence %s", async (_name, ahead) => {
    const { feishu, cardId, stream, emulator } = await withExistingCard();
    if (ahead > 0) {
      const card = feishu.card({ cardId, elementId: "reply", sequence: ahead });
      await stream(card, "first");
    }
    const result = await stream(feishu.card({ cardId, elementId: "reply" }), "a second answer");
    expect(result).toMatchObject({ delivery: "card" });
    expect(emulator.card(cardId).elements[1]?.content).toContain("a second answer");
  });

  it("goes on in cards of its own where there is a target, and says so where there is none", async () => {
    const { feishu, cardId, stream, emulator, to } = await withExistingCard();
    const long = `${"天空是蓝色的。".repeat(40)}\n\n`.repeat(30);
    const result = await stream(feishu.card({ cardId, elementId: "reply", sequence: 7, to }), long, {
      step: 200,
    });
    expect(result).toMatchObject({ delivery: "card" });
    expect(result.cards.length).toBeGreaterThan(1);
    expect(emulator.cards().every(({ streaming }) => !streaming)).toBe(true);

    const alone = await withExistingCard();
    const card = alone.feishu.card({ cardId: alone.cardId, elementId: "reply", sequence: 7 });
    const cut = await alone.stream(card, long, { step: 200 });
    expect(cut.delivery).toBe("partial");
    expect(String(cut.deliveryError)).toContain("there is nowhere to go on");
  });

  it("tells why it was stopped, on the card", async () => {
    const { feishu, cardId, clock, emulator } = await withExistingCard();
    const card = feishu.card({ cardId, elementId: "reply", sequence: 7, locale: "en-US" });
    card.push("half an ans");
    await clock.advance(2_000);
    await clock.until(card.stop("reader"));
    expect(emulator.card(cardId).elements[1]?.content).toMatch(
      /^half an ans\n\n<font color="grey">Stopped.*<\/font>$/,
    );
  });
});

describe("given a card of the visual builder", () => {
  it("fills its variables, sends it and types the answer into its element", async () => {
    const { feishu, stream, emulator, to } = feishuInVirtualTime({ templates: [template] });
    const cardTemplate = { id: template.templateId, variables: { title: "天气" } };
    const result = await stream(feishu.card({ to, cardTemplate, elementId: "reply" }), "今天晴，**26 度**。");
    expect(result).toMatchObject({ delivery: "card" });
    const [card] = emulator.cards();
    expect(card).toMatchObject({ streaming: false, chatId: to });
    expect(card?.elements.at(-1)?.content).toContain("今天晴，**26 度**。");
  });

  it("P1: sends the card that takes the place of one that is gone before the next", async () => {
    const { feishu, clock, emulator, to } = feishuInVirtualTime({ templates: [template] });
    const cardTemplate = { id: template.templateId, variables: { title: "天气" } };
    const card = feishu.card({ to, cardTemplate, elementId: "reply", limits: { bytes: 3_000 } });
    for (let sentence = 0; emulator.cards().length < 2; sentence += 1) {
      card.push(`第 ${sentence} 句：天空是蓝色的。\n\n`);
      await clock.advance(100);
    }
    emulator.expire(emulator.cards()[0]?.cardId ?? "");
    const result = await clock.until(card.finish());
    const shown = result.cards.map(({ cardId }) => emulator.card(cardId).elements.at(-1)?.content ?? "");
    const sentAt = (messageId: string) =>
      emulator.messages().findIndex((sent) => sent.messageId === messageId);
    expect(result.delivery).toBe("card");
    expect(shown[0]).toMatch(/^第 0 句/);
    expect(sentAt(result.cards[0]?.messageId ?? "")).toBeLessThan(sentAt(result.cards[1]?.messageId ?? ""));
  });

  it("sends the text when the template does not exist", async () => {
    const { feishu, stream, emulator, to } = feishuInVirtualTime();
    const card = feishu.card({ to, cardTemplate: { id: "AAqNone" }, elementId: "reply" });
    const result = await stream(card, "今天晴。");
    expect(result).toMatchObject({ delivery: "message", finalizedBy: "message" });
    expect(emulator.messages().at(-1)?.content).toEqual({ text: "今天晴。" });
  });
});

describe("given streaming text that a card refuses for good", () => {
  it("writes the text without typing it", async () => {
    const { feishu, to, stream, emulator, texts } = feishuInVirtualTime();
    emulator.faults({ on: "content", times: Number.POSITIVE_INFINITY, answer: platformError(300309) });
    const result = await stream(feishu.card({ to }), "天空是蓝色的。".repeat(60));
    expect(result).toMatchObject({ delivery: "card" });
    expect(texts().flat().join("")).toBe("天空是蓝色的。".repeat(60));
    const refused = emulator.requests().filter(({ code }) => code === 300309);
    expect(refused).toHaveLength(2);
  });
});

describe("given options that can never work", () => {
  it.each([
    [{ cardId: "1", to: "oc_1" }, "needs elementId"],
    [{ cardId: "1", elementId: "a", cardTemplate: { id: "AAq" } }, "either cardId or cardTemplate"],
    [{ sequence: 3, to: "oc_1" }, "give cardId too"],
    [{ cardId: "no card", elementId: "a" }, "cardId must be the id of a card entity"],
    [{ cardId: "1", elementId: "a", sequence: -1 }, "sequence must be a whole number from 0"],
    [
      { cardTemplate: { id: "" }, elementId: "a", to: "oc_1" },
      "cardTemplate.id must be the id of a template",
    ],
    [{ cardTemplate: { id: "AAq" }, elementId: "a" }, "A card needs a target"],
    [{ to: "oc_1", fallbackTo: "oc_2" }, "belong to `replyTo`"],
    [{ to: "oc_1", limits: { bytes: 10 } }, "limits.bytes must be a whole number from"],
  ])("refuses %j", (options, message) => {
    const { feishu } = feishuInVirtualTime();
    expect(() => feishu.card(options)).toThrow(message);
  });
});
