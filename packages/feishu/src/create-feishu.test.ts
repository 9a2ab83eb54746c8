import {
  connectionReset,
  hang,
  htmlPage,
  lostAnswer,
  platformError,
  rateLimited,
} from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "./testing/feishu-in-virtual-time.ts";

const answer =
  "## 为什么天空是蓝色的\n\n阳光进入大气层后，**短波长**的蓝光更容易被散射。\n\n- 瑞利散射\n- 波长越短越强\n";

describe("given a run that ends well", () => {
  it("types the answer into a card and finalizes it once", async () => {
    const { feishu, to, stream, texts, status, emulator } = feishuInVirtualTime();
    const result = await stream(feishu.card({ to }), answer);
    const [card] = emulator.cards();
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: answer });
    expect(result.cards).toEqual([{ cardId: card?.cardId, messageId: card?.messageId }]);
    expect(texts().flat().join("")).toBe(answer);
    expect(card).toMatchObject({ streaming: false, finalizations: 1, chatId: to });
    expect(card?.summary).toContain("为什么天空是蓝色的");
    expect(status()).toBe("已完成");
  });

  it("keeps the sequence increasing over all operations, and uses no number twice", async () => {
    const { feishu, to, stream, emulator } = feishuInVirtualTime();
    await stream(feishu.card({ to }), answer.repeat(8));
    const [card] = emulator.cards();
    const sequences = card?.operations.flatMap(({ sequence }) => sequence ?? []) ?? [];
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    expect(card?.operations.every(({ code }) => code === 0)).toBe(true);
  });

  it("shows the platform's own preview while it streams", async () => {
    const { feishu, to, clock, emulator } = feishuInVirtualTime();
    const card = feishu.card({ to });
    await clock.advance(500);
    expect(emulator.cards()[0]).toMatchObject({ streaming: true, summary: "[生成中...]" });
    await clock.until(card.finish());
  });

  it("counts the calls and bytes that the platform saw", async () => {
    const { feishu, to, stream, emulator } = feishuInVirtualTime();
    const { metrics } = await stream(feishu.card({ to }), answer);
    const requests = emulator.requests();
    expect(metrics.calls).toBe(requests.length);
    expect(metrics.bytes).toBe(requests.reduce((sum, { requestBytes }) => sum + requestBytes, 0));
  });
});

describe("given where a card may go", () => {
  it("replies to a message", async () => {
    const { feishu, clock, emulator } = feishuInVirtualTime();
    const question = emulator.say("你好");
    await clock.until(feishu.card({ replyTo: question.messageId }).finish());
    expect(emulator.messages().at(-1)).toMatchObject({
      parentId: question.messageId,
      msgType: "interactive",
    });
  });

  it("goes to the fallback when the message to reply to was recalled", async () => {
    const { feishu, clock, emulator, to } = feishuInVirtualTime();
    const question = emulator.say("你好");
    emulator.recall(question.messageId);
    const result = await clock.until(feishu.card({ replyTo: question.messageId, fallbackTo: to }).finish());
    expect(result).toMatchObject({ delivery: "card" });
    expect(emulator.cards()[0]).toMatchObject({ chatId: to });
  });

  it("tells of a recalled message without a fallback", async () => {
    const { feishu, clock, emulator } = feishuInVirtualTime();
    const question = emulator.say("你好");
    emulator.recall(question.messageId);
    const card = feishu.card({ replyTo: question.messageId });
    expect(await clock.until(card.finish())).toMatchObject({
      delivery: "none",
      cards: [],
      deliveryError: { platformCode: 230011 },
    });
    await expect(card.opened).rejects.toMatchObject({ platformCode: 230011 });
  });

  it("tells of a chat that the bot is not in", async () => {
    const { feishu, clock, emulator } = feishuInVirtualTime();
    const card = feishu.card({ to: emulator.addChat({ apps: [] }) });
    card.push("text");
    expect(await clock.until(card.finish())).toMatchObject({
      delivery: "none",
      text: "text",
      deliveryError: { message: expect.stringContaining("Check that the bot is in the chat") },
    });
  });
});

describe("given credentials and scopes that do not suffice", () => {
  it("tells of a wrong secret instead of opening a card", async () => {
    const { clock, feishu, emulator, to } = feishuInVirtualTime({}, { appSecret: "wrong" });
    const card = feishu.card({ to });
    await clock.advance(1_000);
    await expect(card.opened).rejects.toMatchObject({ code: "feishu-api", isRetryable: false });
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "none" });
    expect(emulator.cards()).toEqual([]);
  });

  it("tells of a token endpoint that answers HTML", async () => {
    const { clock, feishu, emulator, to } = feishuInVirtualTime();
    emulator.faults({ on: "token", times: Number.POSITIVE_INFINITY, answer: htmlPage(200) });
    const card = feishu.card({ to });
    card.push("text");
    expect(await clock.until(card.finish())).toMatchObject({
      delivery: "none",
      deliveryError: { message: expect.stringContaining("HTML") },
    });
  });

  it("sends a plain message without the CardKit scope, and names the scope and its page", async () => {
    const { clock, feishu, emulator, to } = feishuInVirtualTime({ apps: [{ scopes: ["im:message"] }] });
    const card = feishu.card({ to });
    card.push('整段 <at user_id="all"></at> 文字');
    const result = await clock.until(card.finish());
    expect(result).toMatchObject({ delivery: "message", deliveryError: { platformCode: 99991672 } });
    expect(String(result.deliveryError)).toMatch(/Grant one of: cardkit:card:write \(https?:/);
    expect(emulator.messages().at(-1)?.text).toBe('整段 <\u200bat user_id="all"><\u200b/at> 文字');
  });
});

describe("given a platform in trouble", () => {
  it("fetches a new token when the platform gives up the old one", async () => {
    const { clock, feishu, emulator, to, texts } = feishuInVirtualTime();
    const card = feishu.card({ to });
    card.push("one ");
    await clock.advance(1_000);
    emulator.revokeTokens();
    card.push("two");
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(texts()).toEqual([["one two"]]);
    expect(emulator.requests().filter(({ operation }) => operation === "token")).toHaveLength(2);
  });

  it.each([
    ["a reset before the send", "send", connectionReset("before-applying")],
    ["a reset after the send", "send", connectionReset("after-applying")],
    ["a lost answer to the send", "send", lostAnswer()],
    ["a send that hangs", "send", hang()],
    [
      "a card id that is not known yet",
      "send",
      platformError(230099, { msg: "ext=ErrCode: 11310; ErrMsg: cardid is invalid; " }),
    ],
    ["a reset after creating", "create", connectionReset("after-applying")],
    ["a limit", "create", rateLimited({ resetSeconds: 2 })],
  ] as const)("shows one message after %s", async (_name, on, fault) => {
    const { clock, feishu, emulator, to } = feishuInVirtualTime();
    emulator.faults({ on, answer: fault });
    const card = feishu.card({ to });
    card.push("text");
    await clock.advance(12_000);
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(emulator.messages(to)).toHaveLength(1);
  });

  it("waits as long as the platform says", async () => {
    const { clock, feishu, emulator, to, texts } = feishuInVirtualTime();
    const card = feishu.card({ to });
    card.push("one ");
    await clock.advance(1_000);
    emulator.faults({ on: "content", answer: rateLimited({ resetSeconds: 3 }) });
    card.push("two ");
    await clock.advance(200);
    const refusedAt = clock.now();
    card.push("three");
    await clock.advance(5_000);
    const accepted = emulator.requests().findLast(({ operation }) => operation === "content");
    expect(texts()).toEqual([["one two three"]]);
    expect((accepted?.time ?? 0) - refusedAt).toBeGreaterThan(2_700);
    await clock.until(card.finish());
  });

  it("opens streaming mode again when it was closed", async () => {
    const { clock, feishu, emulator, to, texts, operations } = feishuInVirtualTime({
      rules: { autoCloseMs: 5_000 },
    });
    const card = feishu.card({ to });
    card.push("one ");
    await clock.advance(6_000);
    card.push("two ");
    await clock.advance(2_000);
    card.push("three");
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(texts()).toEqual([["one two three"]]);
    expect(operations()).toEqual(["create", "content", "settings", "content", "batch"]);
    expect(emulator.cards()[0]?.streaming).toBe(false);
  });

  it("renews streaming mode before it closes itself", async () => {
    const { clock, feishu, to, emulator, operations } = feishuInVirtualTime();
    const card = feishu.card({ to, timeouts: { idleMs: 0 } });
    for (let minute = 0; minute < 25; minute += 1) {
      card.push("又过了一分钟。");
      await clock.advance(60_000);
    }
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(operations().filter((operation) => operation === "settings")).toHaveLength(4);
    expect(emulator.requests().every(({ code }) => code === 0)).toBe(true);
  });

  it("jumps ahead when another writer has used the sequence", async () => {
    const { clock, feishu, emulator, to, texts } = feishuInVirtualTime();
    const card = feishu.card({ to });
    card.push("one ");
    await clock.advance(1_000);
    emulator.faults({ on: "content", answer: platformError(300317) });
    card.push("two");
    await clock.advance(1_000);
    expect(texts()).toEqual([["one two"]]);
    await clock.until(card.finish());
    expect(emulator.cards()[0]?.sequence).toBeGreaterThan(1_000_000);
  });

  it("waits for a reader who is clicking", async () => {
    const { clock, feishu, emulator, to, texts } = feishuInVirtualTime();
    const card = feishu.card({ to });
    card.push("one ");
    await clock.advance(1_000);
    emulator.faults({ on: "content", times: 3, answer: platformError(200810) });
    card.push("two");
    await clock.advance(5_000);
    expect(texts()).toEqual([["one two"]]);
    await clock.until(card.finish());
  });
});

describe("given text that the platform would refuse", () => {
  it("adapts it before it reaches the wire", async () => {
    const { feishu, to, stream, texts, emulator } = feishuInVirtualTime({ rules: { maxTables: 3 } });
    const table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n";
    const text = `![cat](https://e.com/c.png) <at id=all></at>\n\n${table.repeat(5)}end`;
    expect(await stream(feishu.card({ to }), text)).toMatchObject({ delivery: "card" });
    expect(emulator.requests().every(({ code }) => code === 0)).toBe(true);
    const shown = texts().flat().join("");
    expect(shown).toContain("[cat](https://e.com/c.png) &#60;at id=all>&#60;/at>");
    expect(shown.split("```\n| a |")).toHaveLength(3);
  });

  it("lets trusted text mention people", async () => {
    const { feishu, to, stream, texts, emulator } = feishuInVirtualTime();
    const text = `<at id=${emulator.person.openId}></at> 你好`;
    await stream(feishu.card({ to, allowTags: true }), text);
    expect(texts()).toEqual([[text]]);
  });
});

describe("given a long answer", () => {
  it("goes on on further cards, each within the platform's limits", async () => {
    const { feishu, to, stream, texts, emulator } = feishuInVirtualTime();
    const long = answer.repeat(300);
    const result = await stream(feishu.card({ to }), long, { step: 40 });
    expect(result).toMatchObject({ delivery: "card" });
    expect(texts().flat().join("")).toBe(long);
    expect(emulator.cards().length).toBeGreaterThan(1);
    for (const card of emulator.cards()) expect(card).toMatchObject({ streaming: false, finalizations: 1 });
    expect(emulator.requests().every(({ code }) => code === 0)).toBe(true);
  });
});

describe("given a client that is closed", () => {
  it("finalizes what is open", async () => {
    const { clock, feishu, to, emulator } = feishuInVirtualTime();
    const cards = [feishu.card({ to }), feishu.card({ to })];
    for (const card of cards) card.push("half");
    await clock.advance(500);
    await clock.until(feishu.close());
    expect(await Promise.all(cards.map(({ result }) => result))).toMatchObject([
      { status: "stopped" },
      { status: "stopped" },
    ]);
    expect(emulator.cards().every(({ streaming }) => !streaming)).toBe(true);
  });
});
