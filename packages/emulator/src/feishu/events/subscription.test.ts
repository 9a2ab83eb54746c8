import { createDecipheriv, createHash } from "node:crypto";
import * as lark from "@larksuiteoapi/node-sdk";
import { describe, expect, it } from "vitest";
import { createManualClock } from "../../testing/manual-clock.ts";
import { createFeishuEmulator } from "../emulator/create-feishu-emulator.ts";
import { createApiClient } from "../testing/api-client.ts";
import { markdown, streamingCard } from "../testing/cards.ts";
import type { DeliveryFetch } from "./http-channel.ts";
import { sealEvent } from "./seal-event.ts";
import type { SubscriptionOptions } from "./subscription.ts";

const url = "https://bot.test/feishu";
const encryptKey = "kudryavka";

interface Received {
  headers: Record<string, string>;
  body: string;
}

/** An emulator in virtual time, and an app's server that answers as told. */
function setUp(
  answer: (request: Received, attempt: number) => Promise<Response> | Response,
  options: Partial<SubscriptionOptions> = {},
) {
  const clock = createManualClock();
  const emulator = createFeishuEmulator({ clock });
  const received: Received[] = [];
  const fetch: DeliveryFetch = async (_url, { headers, body }) => {
    received.push({ headers, body });
    return answer({ headers, body }, received.length);
  };
  const subscription = emulator.subscribe({ url, fetch, ...options });
  const pass = async (ms: number): Promise<void> => {
    await settle();
    clock.advance(ms);
    await settle();
  };
  return { clock, emulator, received, subscription, pass };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const ok = (body: object = {}) => Response.json(body);

describe("given an address that is sent events", () => {
  it("seals them as in the documents: the worked vectors come out byte for byte", () => {
    const plaintext = {
      schema: "2.0",
      header: {
        event_id: "evt-0001",
        event_type: "im.message.receive_v1",
        create_time: "1700000000000",
        token: "vtoken",
        app_id: "cli_0123456789abcdef",
        tenant_key: "tk0001",
      },
      event: {},
    };
    const iv = Uint8Array.from({ length: 16 }, (_, at) => at);
    const sealed = sealEvent(plaintext, { encryptKey, timestamp: 1_700_000_000, nonce: "abcdefghij", iv });
    expect(sealed.headers["x-lark-signature"]).toBe(
      "c5b76bb31912aa97b861cf099b98b7926a3298c620c970b28a09e03f22b0bbb2",
    );
    expect(sealed.body).toHaveLength(314);
    expect(sealed.body).toMatch(/^\{"encrypt":"AAECAwQFBgcICQoLDA0OD4zHXvrg/);
    const chinese = sealEvent({ text: "你好" }, { encryptKey, timestamp: 1, nonce: "n", iv });
    expect(chinese.body).toContain("AAECAwQFBgcICQoLDA0ODwi4nCXlWbMD7IyR2CgUO6xbX/ENyeGyMzYYBoBZnqL9");
  });

  it("signs and encrypts what a person writes", async () => {
    const { emulator, received, pass } = setUp(() => ok(), { encryptKey });
    emulator.say("天空为什么是蓝色的？");
    await pass(0);
    const [request] = received;
    const { encrypt } = JSON.parse(request?.body ?? "{}");
    const bytes = Buffer.from(encrypt, "base64");
    const key = createHash("sha256").update(encryptKey).digest();
    const decipher = createDecipheriv("aes-256-cbc", key, bytes.subarray(0, 16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString();
    expect(JSON.parse(plain).event.message.content).toBe('{"text":"天空为什么是蓝色的？"}');
    expect(request?.headers["x-lark-request-timestamp"]).toBe("1700000000");
  });

  it("sends again what was not accepted, after 15 seconds, 5 minutes, 1 hour and 6 hours, and then no more", async () => {
    const { emulator, subscription, pass } = setUp(() => new Response("", { status: 500 }));
    emulator.say("在吗");
    for (const ms of [15_000, 5 * 60_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000]) await pass(ms);
    const [first, ...others] = subscription.deliveries();
    expect([first, ...others].map((delivery) => delivery?.attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(others.map(({ sentAt }) => sentAt - (first?.sentAt ?? 0))).toEqual([
      15_000, 315_000, 3_915_000, 25_515_000,
    ]);
    expect(new Set(subscription.deliveries().map(({ eventId }) => eventId)).size).toBe(1);
  });

  it("takes an answer after 3 seconds for none, and the next one for good", async () => {
    const hang = new Promise<Response>(() => {});
    const { emulator, subscription, pass } = setUp((_request, attempt) => (attempt === 1 ? hang : ok()));
    emulator.say("在吗");
    await pass(3_000);
    await pass(15_000);
    await pass(24 * 3_600_000);
    expect(subscription.deliveries()).toMatchObject([{ outcome: "no-answer" }, { outcome: "accepted" }]);
  });

  it("delivers again on request, as the same event or as another one of the same message", async () => {
    const { emulator, received, subscription, pass } = setUp(() => ok());
    emulator.say("在吗");
    await pass(0);
    const eventId = subscription.deliveries()[0]?.eventId ?? "";
    subscription.redeliver(eventId);
    subscription.redeliver(eventId, "new-event");
    await pass(0);
    const events = received.map(({ body }) => JSON.parse(body));
    expect(events.map(({ header }) => header.event_id === eventId)).toEqual([true, true, false]);
    expect(new Set(events.map(({ event }) => event.message.message_id)).size).toBe(1);
    expect(() => subscription.redeliver("none")).toThrow('No event "none"');
  });

  it("tells of what a person takes back", async () => {
    const { emulator, received, pass } = setUp(() => ok());
    const { messageId } = emulator.say("说错了");
    emulator.recall(messageId);
    await pass(0);
    expect(JSON.parse(received[1]?.body ?? "")).toMatchObject({
      header: { event_type: "im.message.recalled_v1" },
      event: { message_id: messageId, recall_type: "message_owner" },
    });
  });

  it("is quiet once it is closed", async () => {
    const { clock, emulator, received, subscription, pass } = setUp(() => new Response("", { status: 500 }));
    emulator.say("一");
    await pass(0);
    subscription.close();
    emulator.say("二");
    await pass(24 * 3_600_000);
    expect(received).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("asks it to prove itself", async () => {
    const proven = setUp(({ body }) => ok({ challenge: JSON.parse(body).challenge }));
    await proven.subscription.verify();
    const { subscription } = setUp(() => new Response("", { status: 404 }));
    await expect(subscription.verify()).rejects.toThrow("received HTTP 404");
  });
});

describe("given a person who clicks", () => {
  const clicked = async (answer: () => Promise<Response> | Response, afterMs = 0) => {
    const desk = setUp(answer);
    const api = await createApiClient(desk.emulator);
    const cardId = await api.create(streamingCard(markdown("answer")));
    const messageId = await api.send(cardId, desk.emulator.chats.group);
    const told: (number | undefined)[] = [];
    desk.emulator.watch((change) => {
      if (change.type === "interaction-ended") told.push(change.code);
    });
    const interaction = desk.emulator.click(messageId, { value: { run: "r-1" } });
    await desk.pass(afterMs);
    return { ...desk, interaction, cardId, api, told };
  };

  it("sends the callback, and unlocks the card with its answer", async () => {
    const toast = { type: "success", content: "已停止" };
    const { subscription, interaction, received } = await clicked(() => ok({ toast }));
    expect(JSON.parse(received[0]?.body ?? "").event.action.value).toEqual({ run: "r-1" });
    expect(subscription.deliveries()).toMatchObject([
      { eventType: "card.action.trigger", outcome: "accepted", response: { toast } },
    ]);
    expect(interaction.isOpen).toBe(false);
  });

  it.each<[string, () => Promise<Response> | Response, number]>([
    ["no answer", () => new Promise<Response>(() => {}), 200341],
    ["nobody there", () => Promise.reject(new TypeError("fetch failed")), 200342],
    ["another status", () => new Response("", { status: 302 }), 200671],
    ["a body that is no JSON", () => new Response("ok"), 200672],
    ["a card that is none", () => ok({ card: { type: "raw", data: "x" } }), 200673],
  ])("says what went wrong after %s, and never sends it again", async (_name, answer, code) => {
    const { subscription, pass, interaction, told } = await clicked(answer, 3_000);
    expect(interaction.isOpen).toBe(false);
    // After 3 seconds the platform knows by itself.
    expect(told).toEqual(code === 200341 ? [] : [code]);
    await pass(24 * 3_600_000);
    expect(subscription.deliveries()).toMatchObject([{ code, attempt: 1 }]);
  });
});

describe("given the dispatcher of the official SDK", () => {
  const ignore = (): void => {};
  const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore };

  it("accepts signed and encrypted messages and clicks, and answers them", async () => {
    const heard: unknown[] = [];
    const clock = createManualClock();
    const emulator = createFeishuEmulator({ clock });
    const [app] = emulator.apps;
    const dispatcher = new lark.EventDispatcher({
      encryptKey,
      verificationToken: app?.verificationToken ?? "",
      logger,
    }).register({
      "im.message.receive_v1": async ({ message }) => void heard.push(message.content),
      "card.action.trigger": async ({ action }: { action: { value: unknown } }) => {
        heard.push(action.value);
        return { toast: { type: "info", content: "收到" } };
      },
    });
    const fetch: DeliveryFetch = async (_url, { headers, body }) => {
      const data = Object.assign(Object.create({ headers }), JSON.parse(body));
      return ok((await dispatcher.invoke(data)) ?? {});
    };
    const subscription = emulator.subscribe({ url, fetch, encryptKey });
    emulator.say('你好，世界 🌏 "quoted" and /slashes/');
    await settle();
    const api = await createApiClient(emulator);
    const messageId = await api.send(await api.create(streamingCard(markdown("a"))), emulator.chats.group);
    emulator.click(messageId, { value: { 按钮: "停止" } });
    await settle();
    expect(heard).toEqual([
      JSON.stringify({ text: '你好，世界 🌏 "quoted" and /slashes/' }),
      { 按钮: "停止" },
    ]);
    expect(subscription.deliveries()[1]?.response).toEqual({ toast: { type: "info", content: "收到" } });
  });
});
