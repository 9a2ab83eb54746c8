import { createCipheriv, createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cases } from "../../../../test/setup/cases.ts";
import { type Random, seeded } from "../testing/seeded.ts";
import { feishuWebhook } from "./feishu-webhook.ts";

const encryptKey = "kudryavka";
const verificationToken = "vtoken";
const now = 1_700_000_000_000;
const clock = {
  now: () => now,
  setTimeout,
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
};
const key = createHash("sha256").update(encryptKey).digest();

/** Number of requests at once: enough to mix them, few enough to see that memory is given back. */
const BATCH = 500;
const TAMPERED = cases(800);
const SEALED = cases(150);
const REPLAYS = cases(50);
const MAX_GROWTH_BYTES = 150 * 1024 * 1024;

interface Sent {
  body: string | Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[below(random, values.length)] as Value;

/** Signed and encrypted as the platform does. */
function seal(payload: string, nonce = "nonce"): Sent {
  const cipher = createCipheriv("aes-256-cbc", key, Buffer.alloc(16, 1));
  const encrypted = Buffer.concat([Buffer.alloc(16, 1), cipher.update(payload), cipher.final()]).toString(
    "base64",
  );
  const body = JSON.stringify({ encrypt: encrypted });
  const timestamp = String(now / 1000);
  const signature = createHash("sha256")
    .update(timestamp + nonce + encryptKey + body)
    .digest("hex");
  return {
    body,
    headers: {
      "x-lark-request-timestamp": timestamp,
      "x-lark-request-nonce": nonce,
      "x-lark-signature": signature,
    },
  };
}

const message = JSON.stringify({
  schema: "2.0",
  header: {
    event_id: "e",
    event_type: "im.message.receive_v1",
    create_time: String(now),
    token: verificationToken,
  },
  event: {
    sender: { sender_id: { open_id: "ou_1" }, sender_type: "user" },
    message: {
      message_id: "om_1",
      chat_id: "oc_1",
      chat_type: "p2p",
      message_type: "text",
      content: '{"text":"天空为什么是蓝色的？"}',
    },
  },
});

/** Something small is wrong with a good request. */
function tamper(random: Random, { body, headers }: Sent): Sent {
  const bytes = Buffer.from(body);
  switch (below(random, 7)) {
    case 0:
      return { body: bytes.subarray(0, below(random, bytes.length)), headers };
    case 1: {
      const at = below(random, bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
      return { body: bytes, headers };
    }
    case 2: {
      const name = pick(random, Object.keys(headers));
      const value = headers[name] ?? "";
      const at = below(random, value.length);
      const other = value[at] === "0" ? "1" : "0";
      return { body, headers: { ...headers, [name]: value.slice(0, at) + other + value.slice(at + 1) } };
    }
    case 3: {
      const { [pick(random, Object.keys(headers))]: _gone, ...rest } = headers;
      return { body, headers: rest };
    }
    case 4:
      return { body: bytes.toString() + pick(random, [" ", "}", "\0", "中"]), headers };
    case 5:
      // What was inside, without its seal.
      return { body: message, headers: random() < 0.5 ? headers : {} };
    default:
      return { body: Uint8Array.from({ length: below(random, 200) }, () => below(random, 256)), headers };
  }
}

/** Any JSON, often with the names that are looked for, in places where they do not belong. */
function junk(random: Random, depth = 0): unknown {
  const names = [
    ...["schema", "header", "event", "event_id", "event_type", "type", "token", "challenge", "uuid", "ts"],
    ...["message", "sender", "sender_id", "open_id", "message_id", "chat_id", "content", "mentions", "key"],
    ...[
      "action",
      "operator",
      "value",
      "context",
      "open_message_id",
      "streamcard",
      "run",
      "__proto__",
      "constructor",
    ],
  ];
  const texts = [
    "im.message.receive_v1",
    "card.action.trigger",
    "url_verification",
    "text",
    "post",
    "ou_1",
    "",
    "{}",
  ];
  switch (below(random, depth > 4 ? 4 : 6)) {
    case 0:
      return pick(random, texts);
    case 1:
      return pick(random, [0, 1, -1, 1e308, 1.5]);
    case 2:
      return pick(random, [null, true, false]);
    case 3:
      return "长".repeat(below(random, 50));
    case 4:
      return Array.from({ length: below(random, 4) }, () => junk(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: below(random, 8) }, () => [pick(random, names), junk(random, depth + 1)]),
      );
  }
}

function setUp() {
  const accepted: unknown[] = [];
  const errors: unknown[] = [];
  const webhook = feishuWebhook({
    encryptKey,
    verificationToken,
    clock,
    botOpenId: "ou_bot",
    logger: { warn: () => {} },
    onMessage: (received) => accepted.push(received),
    onEvent: (event) => accepted.push(event),
    onError: (error) => errors.push(error),
    onCardAction: () => undefined,
  });
  /** Sends many, and counts the answers. */
  const sendAll = async (count: number, next: (at: number) => Sent) => {
    const statuses: Record<number, number> = {};
    let slowestMs = 0;
    for (let at = 0; at < count; at += BATCH) {
      const startedAt = performance.now();
      const batch = Array.from({ length: Math.min(BATCH, count - at) }, async (_, offset) => {
        const { body, headers } = next(at + offset);
        const response = await webhook(new Request("https://bot.test/", { method: "POST", body, headers }));
        statuses[response.status] = (statuses[response.status] ?? 0) + 1;
        return response.text();
      });
      const bodies = new Set(await Promise.all(batch));
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
      if (bodies.size > 1 || !bodies.has("{}")) throw new Error(`A stranger was told: ${[...bodies].join()}`);
    }
    return { statuses, slowestMs };
  };
  return { accepted, errors, sendAll };
}

describe("given many requests that are none of the platform's", () => {
  it(`accepts none of ${TAMPERED} tampered ones, and tells a stranger nothing`, {
    timeout: 120_000,
  }, async () => {
    const { accepted, errors, sendAll } = setUp();
    const random = seeded(1);
    const good = Array.from({ length: 50 }, (_, at) =>
      seal(message.replace('"om_1"', `"om_${at}"`), `n${at}`),
    );
    const before = process.memoryUsage().heapUsed;
    const { statuses, slowestMs } = await sendAll(TAMPERED, () => tamper(random, pick(random, good)));
    expect(accepted).toEqual([]);
    expect(errors).toEqual([]);
    expect(Object.keys(statuses).toSorted()).toEqual(["401"]);
    expect(slowestMs).toBeLessThan(10_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it(`survives ${SEALED} that have the platform's seal and make no sense`, { timeout: 120_000 }, async () => {
    const { accepted, errors, sendAll } = setUp();
    const random = seeded(2);
    const { statuses } = await sendAll(SEALED, () => {
      const token = { token: verificationToken };
      const payload = { ...Object(junk(random)), header: { ...Object(junk(random)), ...token }, ...token };
      return seal(JSON.stringify(payload));
    });
    // Some are events by accident, of types that nobody has heard of; none is a message.
    expect(
      accepted.every((event) => typeof event === "object" && event !== null && "eventType" in event),
    ).toBe(true);
    expect(errors).toEqual([]);
    expect(Object.keys(statuses).every((status) => ["200", "400", "401"].includes(status))).toBe(true);
  });

  it(`starts one run for ${REPLAYS} replays of the same request`, { timeout: 120_000 }, async () => {
    const { accepted, sendAll } = setUp();
    const recorded = seal(message);
    const { statuses } = await sendAll(REPLAYS, () => recorded);
    expect(statuses).toEqual({ 200: REPLAYS });
    expect(accepted).toHaveLength(1);
  });
});
