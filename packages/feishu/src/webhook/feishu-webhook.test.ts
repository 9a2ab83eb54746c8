import { createCipheriv, createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FeishuMessage } from "./feishu-message.ts";
import { type FeishuWebhookOptions, feishuWebhook } from "./feishu-webhook.ts";
import type { OtherEvent } from "./parse-event.ts";

// The worked vectors of the platform's page on encryption.
const encryptKey = "kudryavka";
const timestamp = 1_700_000_000;
const encrypted =
  "AAECAwQFBgcICQoLDA0OD4zHXvrgywbyDGXRipYEB5e0BgIGsk8quomyxf6UkYlfiqVeuz/Nio4TYgI0lF/GbliNtNiBc8gmzG+Q5Zw4SNW2OCB+/7n2Nk9u4Kmv/g/D7LyEpRU2vCjsASpNptozHcf4+bl200PejESfVby4N9Kp/cmJMeigKMN397gQsnxKBMIWhQzyAFZBB8WVnYFCIZujLs8D/sTsWrN0eTwxpVEq4mueGsvXhgbLqjQL5Hl4fRqjiw6CvutWXou0NIQ9ay9Lr0yhMVqtQQCQuKOLTak=";
const signature = "c5b76bb31912aa97b861cf099b98b7926a3298c620c970b28a09e03f22b0bbb2";
const signed = {
  "x-lark-request-timestamp": String(timestamp),
  "x-lark-request-nonce": "abcdefghij",
  "x-lark-signature": signature,
};
const challenge =
  "AAECAwQFBgcICQoLDA0ODzaZLG88r12GT3VZ/fbPxHmDrUTqmtQtLqT8GP+L4MfURnljOuAXtUbJk42RFLCasqSwj1AirUkCasie4N0W9u0ZXJKs7d9FCzlZdS1QM5jR";

const at = (now: number) => ({
  now: () => now,
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
});

function setUp(options: FeishuWebhookOptions = {}) {
  const events: OtherEvent[] = [];
  const messages: FeishuMessage[] = [];
  const errors: unknown[] = [];
  const reasons: string[] = [];
  const webhook = feishuWebhook({
    clock: at(timestamp * 1000),
    onEvent: (event) => events.push(event),
    onMessage: (message) => messages.push(message),
    onError: (error) => errors.push(error),
    logger: { warn: (message) => reasons.push(message) },
    ...options,
  });
  const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
    webhook(
      new Request("https://bot.test/feishu", {
        method: "POST",
        body,
        headers,
        duplex: "half",
      } as RequestInit),
    );
  return { webhook, post, events, messages, errors, reasons };
}

/** Signs and encrypts as the platform does, by other means than ours. */
function seal(payload: object, { time = timestamp, key = encryptKey } = {}) {
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(key).digest(), iv);
  const text = Buffer.concat([iv, cipher.update(JSON.stringify(payload)), cipher.final()]).toString("base64");
  // Spaces and escapes: what is signed are these bytes, not the JSON that they mean.
  const body = `{ "encrypt": "${text.replaceAll("/", "\\/")}" }`;
  const head = `${time}nonce${key}`;
  return {
    body,
    headers: {
      "x-lark-request-timestamp": String(time),
      "x-lark-request-nonce": "nonce",
      "x-lark-signature": createHash("sha256")
        .update(head + body)
        .digest("hex"),
    },
  };
}

const event = (eventId = "e-1", token = "vtoken", create_time = String(timestamp * 1000)) => ({
  schema: "2.0",
  header: { event_id: eventId, event_type: "im.chat.disbanded_v1", create_time, token },
  event: { chat_id: "oc_1" },
});

describe("given the platform's own vectors", () => {
  it("opens a signed and encrypted event", async () => {
    const { post, errors, reasons } = setUp({ encryptKey, verificationToken: "vtoken" });
    const response = await post(`{"encrypt":"${encrypted}"}`, signed);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({});
    expect([...errors, ...reasons]).toEqual([]);
  });

  it("answers an encrypted challenge, which is not signed", async () => {
    const { post } = setUp({ encryptKey, verificationToken: "vtoken" });
    const response = await post(`{"encrypt":"${challenge}"}`);
    expect(await response.json()).toEqual({ challenge: "ch-0001" });
  });
});

describe("given requests of the platform", () => {
  it("takes in what is signed over its bytes, however its JSON is written", async () => {
    const { post, events } = setUp({ encryptKey });
    const { body, headers } = seal(event());
    expect((await post(body, headers)).status).toBe(200);
    expect(events).toMatchObject([{ eventType: "im.chat.disbanded_v1", event: { chat_id: "oc_1" } }]);
  });

  it("takes in plain ones by their verification token, of either schema, and answers plain challenges", async () => {
    const { post, events } = setUp({ verificationToken: "vtoken" });
    await post(JSON.stringify(event()));
    const old = { ts: `${timestamp}.5`, uuid: "u-1", token: "vtoken", type: "event_callback" };
    await post(JSON.stringify({ ...old, event: { type: "message_read", app_id: "cli_1" } }));
    expect(events.map(({ eventId }) => eventId)).toEqual(["e-1", "u-1"]);
    const asked = await post(JSON.stringify({ challenge: "c", token: "vtoken", type: "url_verification" }));
    expect(await asked.json()).toEqual({ challenge: "c" });
  });

  it("takes in an event once, and answers it each time", async () => {
    const { post, events } = setUp({ encryptKey });
    const { body, headers } = seal(event());
    const statuses = [await post(body, headers), await post(body, headers)].map(({ status }) => status);
    expect(statuses).toEqual([200, 200]);
    expect(events).toHaveLength(1);
  });

  it.each([
    ["7 hours late", -7 * 3_600, 200],
    ["more than 8 hours late", -8 * 3_600 - 1, 401],
    ["from a clock that is far ahead", 9 * 3_600, 401],
  ])("answers one that is %s", async (_name, seconds, status) => {
    const { post, events } = setUp({ encryptKey });
    const { body, headers } = seal(event(), { time: timestamp + seconds });
    expect((await post(body, headers)).status).toBe(status);
    expect(events).toHaveLength(status === 200 ? 1 : 0);
    const plain = setUp({ verificationToken: "vtoken" });
    // Milliseconds and microseconds: the platform writes both.
    for (const unit of [1_000, 1_000_000]) {
      const sent = event(`e-${unit}`, "vtoken", String((timestamp + seconds) * unit));
      expect((await plain.post(JSON.stringify(sent))).status).toBe(status);
    }
  });
});

describe("given requests of a stranger", () => {
  const { body, headers } = seal(event());
  const cases: [string, FeishuWebhookOptions, BodyInit | null, Record<string, string>, number][] = [
    ["no signature", { encryptKey }, body, {}, 401],
    ["another signature", { encryptKey }, body, { ...headers, "x-lark-signature": "0".repeat(64) }, 401],
    ["a short signature", { encryptKey }, body, { ...headers, "x-lark-signature": "0" }, 401],
    ["another nonce", { encryptKey }, body, { ...headers, "x-lark-request-nonce": "other" }, 401],
    [
      "another time",
      { encryptKey },
      body,
      { ...headers, "x-lark-request-timestamp": `${timestamp - 1}` },
      401,
    ],
    ["a changed body", { encryptKey }, `${body} `, headers, 401],
    ["another key", { encryptKey: "another" }, body, headers, 401],
    ["no encryption where there is a key", { encryptKey }, JSON.stringify(event()), {}, 401],
    [
      "a plain challenge where there is a key",
      { encryptKey },
      '{"type":"url_verification","challenge":"c"}',
      {},
      401,
    ],
    ["encryption where there is no key", { verificationToken: "vtoken" }, body, headers, 401],
    ["another token", { verificationToken: "vtoken" }, JSON.stringify(event("e", "other")), {}, 401],
    ["no token", { verificationToken: "vtoken" }, JSON.stringify(event("e", "")), {}, 401],
    [
      "a wrong token in a challenge",
      { verificationToken: "v" },
      '{"type":"url_verification","challenge":"c"}',
      {},
      401,
    ],
    ["another token behind the right key", { encryptKey, verificationToken: "x" }, body, headers, 401],
    ["nothing", { verificationToken: "vtoken" }, null, {}, 400],
    ["no JSON", { verificationToken: "vtoken" }, "hello", {}, 400],
    ["a list", { verificationToken: "vtoken" }, "[]", {}, 400],
    ["no text", { verificationToken: "vtoken" }, Uint8Array.of(0xff, 0xfe, 0x7b, 0x7d), {}, 400],
    ["a large body", { verificationToken: "vtoken", maxBodyBytes: 100 }, "x".repeat(101), {}, 413],
    ["a large body in pieces", { verificationToken: "v", maxBodyBytes: 100 }, pieces(3, 50), {}, 413],
    ["a body that breaks off", { verificationToken: "v" }, brokenBody(), {}, 400],
  ];
  it.each(cases)("refuses %s, and says nothing", async (_name, options, sent, sentHeaders, status) => {
    const { post, events, messages, errors } = setUp(options);
    const response = await post(sent, sentHeaders);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe("{}");
    expect([...events, ...messages, ...errors]).toEqual([]);
  });

  it("tells the owner why, without a secret", async () => {
    const { post, reasons } = setUp({ encryptKey });
    await post(body, { ...headers, "x-lark-signature": "0".repeat(64) });
    expect(reasons).toEqual(["A request to the webhook was refused: its signature is wrong."]);
  });

  it("gives up on a body that does not end", async () => {
    vi.useFakeTimers();
    try {
      const { post } = setUp({ verificationToken: "v" });
      const endless = new ReadableStream({ pull: () => new Promise(() => {}) });
      const response = post(endless);
      await vi.advanceTimersByTimeAsync(1_500);
      expect((await response).status).toBe(408);
    } finally {
      vi.useRealTimers();
    }
  });

  it("takes POST alone", async () => {
    const { webhook } = setUp({ insecure: true });
    expect((await webhook(new Request("https://bot.test/feishu"))).status).toBe(405);
  });
});

describe("given messages in a group of several bots", () => {
  const bot = (number: number) => ({
    key: `@_user_${number}`,
    id: { open_id: `ou_bot_${number}` },
    mentioned_type: "bot",
    name: `机器人${number}`,
  });
  const receive = async (mentions: object[], sender_type = "user", options: FeishuWebhookOptions = {}) => {
    const { post, messages } = setUp({ verificationToken: "vtoken", botOpenId: "ou_bot_1", ...options });
    const payload = {
      ...event(),
      header: { ...event().header, event_type: "im.message.receive_v1" },
      event: {
        sender: { sender_id: { open_id: "ou_1" }, sender_type },
        message: {
          message_id: "om_1",
          chat_id: "oc_1",
          chat_type: "group",
          message_type: "text",
          content: JSON.stringify({ text: "@_user_1 @_user_2 你们好" }),
          mentions,
        },
      },
    };
    expect((await post(JSON.stringify(payload))).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 0));
    return messages;
  };

  it("hears what mentions it, and leaves the other's name in the text", async () => {
    expect(await receive([bot(1), bot(2)])).toMatchObject([{ text: "@机器人2 你们好", mentionsBot: true }]);
  });

  it("leaves alone what mentions another bot", async () => {
    expect(await receive([bot(2)])).toEqual([]);
  });

  it("never answers a bot: two of them would talk for ever", async () => {
    expect(await receive([bot(1)], "bot")).toEqual([]);
    expect(await receive([bot(1)], "bot", { requireMention: false })).toEqual([]);
  });
});

describe("given no keys", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is made all the same, and refuses the first request with what is missing", async () => {
    vi.stubEnv("FEISHU_ENCRYPT_KEY", "");
    vi.stubEnv("FEISHU_VERIFICATION_TOKEN", "");
    const { post, errors } = setUp();
    const response = await post(JSON.stringify(event()));
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("{}");
    expect(String(errors[0])).toContain("set FEISHU_ENCRYPT_KEY");
  });

  it("takes them from the environment", async () => {
    vi.stubEnv("FEISHU_ENCRYPT_KEY", encryptKey);
    const { post } = setUp();
    expect((await post(`{"encrypt":"${challenge}"}`)).status).toBe(200);
  });

  it("takes requests from anybody where that is meant", async () => {
    vi.stubEnv("FEISHU_ENCRYPT_KEY", "");
    vi.stubEnv("FEISHU_VERIFICATION_TOKEN", "");
    const { post, events } = setUp({ insecure: true });
    await post(JSON.stringify(event()));
    expect(events).toHaveLength(1);
  });

  it.each([
    [{ encryptKey: "" }, "encryptKey must be a text that is not empty"],
    [{ verificationToken: 1 as never }, "received number"],
    [{ onMessage: "reply" as never }, 'onMessage must be a function, received "reply"'],
    [{ whenBusy: "wait" as never }, 'whenBusy must be "queue", "replace" or "drop", received "wait"'],
    [{ mayAct: "all" as never }, 'mayAct must be "asker", "anyone" or a function'],
    [{ allowedUsers: "ou_1" as never }, 'allowedUsers must be a list of ids, received "ou_1"'],
    [{ maxRunMs: 0 }, "maxRunMs must be a number of milliseconds"],
    [{ maxBodyBytes: 0 }, "maxBodyBytes must be a whole number of bytes, received 0"],
  ])("refuses options that can never work: %j", (options, words) => {
    expect(() => feishuWebhook(options)).toThrow(words);
  });
});

function pieces(count: number, bytes: number): ReadableStream {
  let left = count;
  return new ReadableStream({
    pull(controller) {
      if (left === 0) controller.close();
      else controller.enqueue(new Uint8Array(bytes));
      left -= 1;
    },
  });
}

function brokenBody(): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      controller.error(new Error("hung up"));
    },
  });
}
