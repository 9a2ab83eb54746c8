import { platformError } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { type DeskOptions, typed, webhookDesk } from "../testing/webhook-in-virtual-time.ts";
import type { FeishuMessage } from "./feishu-message.ts";

/** A desk whose bot only listens. */
function listening(options: DeskOptions = {}) {
  const heard: FeishuMessage[] = [];
  const desk = webhookDesk({ onMessage: (message) => void heard.push(message), ...options });
  return { ...desk, heard };
}

describe("given a person who writes to the bot", () => {
  it("streams the answer into a card that replies, and acknowledges the event long before", async () => {
    const desk = webhookDesk({
      onMessage: (message) => message.reply(() => typed("天空是蓝色的，因为瑞利散射。", desk)),
    });
    const asked = desk.emulator.say("天空为什么是蓝色的？");
    await desk.pass(400);
    const [delivery] = desk.subscription.deliveries();
    expect(delivery).toMatchObject({ outcome: "accepted", status: 200, response: {} });
    expect((delivery?.answeredAt ?? Number.NaN) - (delivery?.sentAt ?? 0)).toBeLessThanOrEqual(100);
    expect(desk.emulator.cards()[0]?.streaming).toBe(true);
    await desk.pass(4_000);
    expect(desk.texts()).toEqual([["天空是蓝色的，因为瑞利散射。"]]);
    expect(desk.status()).toBe("已完成");
    expect(desk.emulator.messages().at(-1)).toMatchObject({ parentId: asked.messageId });
    expect(desk.errors).toEqual([]);
  });

  it("says who wrote what, where", async () => {
    const desk = listening({ requireMention: true });
    const { person, chats } = desk.emulator;
    desk.emulator.say({ text: "你好  世界", chatId: chats.group });
    await desk.pass(400);
    expect(desk.heard).toMatchObject([
      {
        text: "你好  世界",
        type: "text",
        chatId: chats.group,
        chatType: "group",
        mentionsBot: true,
        attempt: 1,
        decisions: [],
        sender: { openId: person.openId, isBot: false },
        mentions: [{ key: "@_user_1", name: "Assistant", isBot: true, isSelf: true }],
        conversationId: `${chats.group}:${person.openId}`,
      },
    ]);
    const [message] = desk.heard;
    expect(message?.target).toMatchObject({
      replyTo: message?.id,
      fallbackTo: chats.group,
      askedBy: person.openId,
    });
  });

  it("tells of images and files by their keys", async () => {
    const desk = listening();
    const other = { msgType: "image", content: { image_key: "img_v3_1" } } as const;
    desk.emulator.say({ text: "", other });
    await desk.pass(200);
    expect(desk.heard).toMatchObject([
      { type: "image", text: "", resources: [{ type: "image", key: "img_v3_1" }] },
    ]);
    expect(await desk.heard[0]?.history()).toEqual([{ role: "user", content: "[image: img_v3_1]" }]);
  });

  it("goes on in a topic, which is a conversation of its own", async () => {
    const heard: FeishuMessage[] = [];
    const desk = webhookDesk({
      onMessage: (message) => {
        heard.push(message);
        return message.reply(typed(`答${message.text}`, desk), { replyInThread: true });
      },
    });
    const chatId = desk.emulator.chats.group;
    const [lin, zhou] = desk.emulator.people;
    desk.emulator.say({ text: "一", chatId, from: lin?.openId ?? "" });
    await desk.pass(3_000);
    const card = desk.emulator.messages(chatId).at(-1);
    desk.emulator.say({ text: "二", chatId, from: lin?.openId ?? "", replyTo: card?.messageId ?? "" });
    await desk.pass(3_000);
    desk.emulator.say({ text: "三", chatId, from: zhou?.openId ?? "", replyTo: card?.messageId ?? "" });
    await desk.pass(3_000);
    const threadId = card?.threadId ?? "";
    expect(threadId).toMatch(/^omt_/);
    expect(heard.map(({ threadId: one, parentId }) => [one, parentId])).toEqual([
      [undefined, undefined],
      [threadId, card?.messageId],
      [threadId, card?.messageId],
    ]);
    expect(await heard[2]?.history()).toEqual([
      { role: "user", content: "二" },
      { role: "assistant", content: "答二" },
      { role: "user", content: "三" },
      { role: "assistant", content: "答三" },
    ]);
    expect(desk.emulator.messages(chatId).filter((one) => one.threadId === threadId)).toHaveLength(5);
  });

  it("answers where the message was recalled meanwhile: in the chat", async () => {
    const desk = webhookDesk({
      onMessage: async (message) => {
        desk.emulator.recall(message.id);
        await message.reply(typed("好", desk));
      },
    });
    desk.emulator.say("在吗");
    await desk.pass(3_000);
    expect(desk.texts()).toEqual([["好"]]);
    expect(desk.emulator.messages(desk.emulator.chats.direct).at(-1)).toMatchObject({ parentId: undefined });
  });
});

describe("given a platform that does not say who the bot is", () => {
  it("takes the one bot that is mentioned for itself, and asks again with the next message", async () => {
    const desk = listening();
    desk.emulator.faults({ on: "bot", answer: platformError(230027), times: 1 });
    const chatId = desk.emulator.chats.group;
    for (const text of ["一", "二", "三"]) {
      desk.emulator.say({ text, chatId });
      await desk.pass(400);
    }
    expect(desk.heard.map(({ text }) => text)).toEqual(["一", "二", "三"]);
    expect(desk.emulator.requests().filter(({ operation }) => operation === "bot")).toHaveLength(2);
  });
});

describe("given an event that is delivered more than once", () => {
  it.each(["same-event", "new-event"] as const)("starts one run: %s", async (as) => {
    const desk = listening();
    desk.emulator.say("在吗");
    await desk.pass(200);
    desk.subscription.redeliver(desk.subscription.deliveries()[0]?.eventId ?? "", as);
    await desk.pass(400);
    expect(desk.heard).toHaveLength(1);
    expect(desk.subscription.deliveries()).toMatchObject([{ outcome: "accepted" }, { outcome: "accepted" }]);
  });

  it("starts none where another instance has it", async () => {
    const desk = listening({ deliveries: { claim: () => false } });
    desk.emulator.say("在吗");
    await desk.pass(400);
    expect(desk.heard).toEqual([]);
    expect(desk.subscription.deliveries()).toMatchObject([{ outcome: "accepted" }]);
  });

  it("has the platform deliver again while the store is down", async () => {
    let attempts = 0;
    const claim = () => {
      attempts += 1;
      if (attempts === 1) throw new Error("redis is down");
      return true;
    };
    const desk = listening({ deliveries: { claim } });
    desk.emulator.say("在吗");
    await desk.pass(400);
    expect(desk.subscription.deliveries()).toMatchObject([{ status: 500 }]);
    expect(desk.errors).toMatchObject([{ message: "redis is down" }]);
    await desk.pass(15_000, 1_000);
    expect(desk.heard).toHaveLength(1);
  });

  it("answers in time where the store hangs, and starts the run once the store has spoken", async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const claims = [promise, Promise.resolve(false)];
    const desk = listening({ deliveries: { claim: () => claims.shift() ?? false } });
    desk.emulator.say("在吗");
    await desk.pass(2_600);
    expect(desk.subscription.deliveries()).toMatchObject([{ status: 500 }]);
    resolve(true);
    await desk.pass(20_000, 1_000);
    expect(desk.heard).toHaveLength(1);
  });
});

describe("given who may talk to the bot", () => {
  it("keeps quiet in a group until it is mentioned", async () => {
    const desk = listening();
    desk.emulator.say({ text: "大家好", chatId: desk.emulator.chats.group, mentionsBot: false });
    await desk.pass(400);
    expect(desk.heard).toEqual([]);
    const all = listening({ requireMention: false });
    all.emulator.say({ text: "大家好", chatId: all.emulator.chats.group, mentionsBot: false });
    await all.pass(400);
    expect(all.heard).toHaveLength(1);
  });

  it("answers those who are allowed, by any of their ids, in the chats that are", async () => {
    const desk = listening();
    const [lin, zhou] = desk.emulator.people;
    const listed = listening({
      allowedUsers: [lin?.userId ?? ""],
      allowedChats: [listening().emulator.chats.group],
    });
    listed.emulator.say({ text: "我", chatId: listed.emulator.chats.group, from: lin?.openId ?? "" });
    listed.emulator.say({ text: "他", chatId: listed.emulator.chats.group, from: zhou?.openId ?? "" });
    listed.emulator.say("私聊");
    await listed.pass(600);
    expect(listed.heard.map(({ text }) => text)).toEqual(["我"]);
  });
});

describe("given a message while the one before it is being answered", () => {
  const busy = async (whenBusy: "queue" | "replace" | "drop") => {
    const order: string[] = [];
    const desk = webhookDesk({
      whenBusy,
      onMessage: async (message) => {
        order.push(`> ${message.text}`);
        const { status } = await message.reply(({ signal }) => typed("慢慢回答你", { ...desk, signal }));
        order.push(`${status} ${message.text}`);
      },
    });
    desk.emulator.say("一");
    await desk.pass(240);
    desk.emulator.say("二");
    desk.emulator.say("三");
    await desk.pass(9_000);
    expect(desk.emulator.cards().every(({ streaming }) => !streaming)).toBe(true);
    return { ...desk, order };
  };

  it("answers one after the other", async () => {
    const { order } = await busy("queue");
    expect(order).toEqual(["> 一", "finished 一", "> 二", "finished 二", "> 三", "finished 三"]);
  });

  it("stops the one before it, where it is to replace", async () => {
    const { order, texts } = await busy("replace");
    expect(order).toEqual(["> 一", "stopped 一", "> 三", "finished 三"]);
    expect(texts().at(-1)).toEqual(["慢慢回答你"]);
  });

  it("does not answer it, where it is to be dropped", async () => {
    expect((await busy("drop")).order).toEqual(["> 一", "finished 一"]);
  });

  it("does not let conversations wait for each other", async () => {
    const order: string[] = [];
    const desk = webhookDesk({
      onMessage: async (message) => {
        order.push(message.text);
        await message.reply(typed("慢慢回答你", desk));
      },
    });
    const chatId = desk.emulator.chats.group;
    for (const { openId, name } of desk.emulator.people)
      desk.emulator.say({ text: name, chatId, from: openId });
    desk.emulator.say("direct");
    await desk.pass(300);
    expect(order.toSorted()).toEqual(["Lin Xia", "Zhou Ming", "direct"]);
  });

  it("says to the owner where more wait than can", async () => {
    const order: string[] = [];
    const desk = webhookDesk({
      emulator: { rules: { messageLimitPerSecond: 1_000 } },
      onMessage: async (message) => {
        order.push(message.text);
        await desk.clock.sleep(1_000);
      },
    });
    for (let at = 1; at <= 23; at += 1) desk.emulator.say(String(at));
    await desk.pass(25_000, 200);
    expect(order).toEqual(Array.from({ length: 21 }, (_, at) => String(at + 1)));
    expect(desk.errors.map(String)).toEqual(
      Array(2).fill(expect.stringContaining("20 others wait before it")),
    );
  });

  it("goes on after a run that never ends, at the limit", async () => {
    const order: string[] = [];
    const desk = webhookDesk({
      maxRunMs: 10_000,
      onMessage: (message) => {
        order.push(message.text);
        return message.text === "一" ? new Promise(() => {}) : undefined;
      },
    });
    desk.emulator.say("一");
    desk.emulator.say("二");
    await desk.pass(11_900, 100);
    expect(order).toEqual(["一"]);
    await desk.pass(200, 100);
    expect(order).toEqual(["一", "二"]);
  });
});

describe("given a conversation", () => {
  it("remembers what was said, and what was answered to it", async () => {
    const histories: unknown[] = [];
    const desk = webhookDesk({
      onMessage: async (message) => {
        histories.push(await message.history());
        await message.reply(typed(`答${message.text}`, desk));
      },
    });
    desk.emulator.say("一");
    desk.emulator.say("二");
    await desk.pass(5_000);
    expect(histories).toEqual([
      [{ role: "user", content: "一" }],
      [
        { role: "user", content: "一" },
        { role: "assistant", content: "答一" },
        { role: "user", content: "二" },
      ],
    ]);
  });

  it("keeps the messages of an AI SDK result as they are, tool calls among them", async () => {
    const responseMessages = [
      { role: "assistant", content: [{ type: "tool-call", toolCallId: "c", toolName: "t", input: {} }] },
      { role: "tool", content: [{ type: "tool-result", toolCallId: "c", toolName: "t" }] },
      { role: "assistant", content: [{ type: "text", text: "晴" }] },
    ];
    const cutShort = Promise.reject(new Error("cut short"));
    cutShort.catch(() => {});
    const result = (extra: object) => ({
      fullStream: new Blob(["晴"]).stream().pipeThrough(new TextDecoderStream()) as never,
      ...extra,
    });
    const results = [
      result({ responseMessages: Promise.resolve(responseMessages) }),
      result({ response: Promise.resolve({ messages: responseMessages }) }),
      result({ response: cutShort }),
    ];
    const histories: unknown[][] = [];
    const desk = webhookDesk({
      onMessage: async (message) => {
        await message.reply(() => results.shift() as never);
        histories.push((await message.history()).slice(-responseMessages.length));
      },
    });
    for (const text of ["一", "二", "三"]) {
      desk.emulator.say(text);
      await desk.pass(3_000);
    }
    expect(histories[0]).toEqual(responseMessages);
    expect(histories[1]).toEqual(responseMessages);
    expect(histories[2]?.at(-1)).toEqual({ role: "assistant", content: "晴" });
  });
});

describe("given a memory that fails", () => {
  it("answers all the same, and tells the owner", async () => {
    const down = () => Promise.reject(new Error("no database"));
    const desk = webhookDesk({
      conversations: { read: down, write: down },
      onMessage: (message) => message.reply(typed("好", desk)),
    });
    desk.emulator.say("在吗");
    await desk.pass(2_000);
    expect(desk.texts()).toEqual([["好"]]);
    expect(desk.errors).toMatchObject([{ message: "no database" }, { message: "no database" }]);
  });
});

describe("given a handler that fails", () => {
  it("says so on a card, and to onError", async () => {
    const boom = new Error("boom");
    const desk = webhookDesk({
      onMessage: () => {
        throw boom;
      },
    });
    desk.emulator.say("在吗");
    await desk.pass(3_000);
    expect(desk.status()).toBe("出错了，内容可能不完整");
    expect(desk.errors).toEqual([boom]);
  });

  it("makes no second card where the reader has one", async () => {
    const desk = webhookDesk({
      onMessage: async (message) => {
        await message.reply(typed("好", desk));
        throw new Error("afterwards");
      },
    });
    desk.emulator.say("在吗");
    await desk.pass(3_000);
    expect(desk.emulator.cards()).toHaveLength(1);
    expect(desk.status()).toBe("已完成");
    expect(desk.errors).toHaveLength(1);
  });
});

describe("given a webhook that is closed", () => {
  it("lets the runs finish that go on, and takes no more requests", async () => {
    const desk = webhookDesk({ onMessage: (message) => message.reply(typed("还没说完呢", desk)) });
    desk.emulator.say("在吗");
    await desk.pass(300);
    const closed = desk.webhook.close();
    desk.emulator.say("还在吗");
    await desk.clock.until(closed);
    expect(desk.texts()).toEqual([["还没说完呢"]]);
    expect(desk.subscription.deliveries().at(-1)).toMatchObject({ status: 503 });
  });

  it("stops those that take too long, and finalizes their cards", async () => {
    let given: AbortSignal | undefined;
    const desk = webhookDesk({
      onMessage: (message) => {
        given = message.signal;
        return message.reply(({ signal }) => typed("很".repeat(1_000), { ...desk, signal }));
      },
    });
    desk.emulator.say("在吗");
    await desk.pass(300);
    await desk.clock.until(desk.webhook.close({ graceMs: 1_000 }));
    expect(given?.aborted).toBe(true);
    expect(desk.emulator.cards()).toMatchObject([{ streaming: false, finalizations: 1 }]);
    expect(desk.status()).toBe("已停止");
  });
});

describe("given work that heeds no signal", () => {
  it("does not keep the webhook from closing", async () => {
    const desk = webhookDesk({ onEvent: () => new Promise(() => {}) });
    const { messageId } = desk.emulator.say("在吗");
    desk.emulator.recall(messageId);
    await desk.pass(200);
    const startedAt = desk.clock.now();
    await desk.clock.until(desk.webhook.close({ graceMs: 1_000 }));
    expect(desk.clock.now() - startedAt).toBe(16_000);
  });
});

describe("given a host that ends a function with its response", () => {
  it.each(["the context's", "the option's"])("hands it what goes on: %s waitUntil", async (whose) => {
    const handed: Promise<unknown>[] = [];
    const waitUntil = (promise: Promise<unknown>) => handed.push(promise);
    const desk = webhookDesk({
      ...(whose === "the option's" && { waitUntil }),
      onMessage: (message) => message.reply(typed("好的", desk)),
    });
    const heard = new Promise<object>((resolve) => desk.emulator.onMessage(resolve));
    desk.subscription.close();
    desk.emulator.say("在吗");
    const body = JSON.stringify(await heard);
    const request = new Request("https://bot.test/feishu", { method: "POST", body });
    const response = await desk.webhook(request, whose === "the context's" ? { waitUntil } : { params: {} });
    expect(response.status).toBe(200);
    expect(handed).toHaveLength(1);
    await desk.clock.until(Promise.all(handed));
    expect(desk.status()).toBe("已完成");
  });
});
