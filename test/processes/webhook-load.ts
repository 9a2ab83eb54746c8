/**
 * Measures how soon a webhook acknowledges events while many answers stream: `node test/processes/webhook-load.ts`.
 *
 * Signed and encrypted events at a steady rate, in this process; cards over the emulator's in-process fetch.
 */
import { createCipheriv, createHash } from "node:crypto";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";
import { feishuWebhook } from "@streamcard/feishu/webhook";

const EVENTS_PER_SECOND = 500;
const SECONDS = 10;
const STREAMS = 100;
const encryptKey = "kudryavka";

const emulator = createFeishuEmulator({ rules: { messageLimitPerSecond: 1_000, appLimit: "off" } });
const feishu = createFeishu({
  ...emulator.credentials,
  domain: emulator.url,
  fetch: emulator.fetch,
  handleSignals: false,
});
const key = createHash("sha256").update(encryptKey).digest();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

let streams = 0;
const webhook = feishuWebhook({
  feishu,
  encryptKey,
  // The first messages are answered until the load ends; the others are only acknowledged.
  onMessage: async (message) => {
    if (streams >= STREAMS) return;
    streams += 1;
    await message.reply(
      (async function* () {
        for (let at = 0; at < SECONDS * 20; at += 1) {
          yield "天空是蓝色的。";
          await sleep(50);
        }
      })(),
    );
  },
});

function request(at: number): Request {
  const payload = {
    schema: "2.0",
    header: {
      event_id: `e-${at}`,
      event_type: "im.message.receive_v1",
      create_time: String(Date.now()),
      app_id: emulator.credentials.appId,
    },
    event: {
      sender: { sender_id: { open_id: `ou_${at}` }, sender_type: "user" },
      message: {
        message_id: emulator.say(`问题 ${at}`).messageId,
        chat_id: emulator.chats.direct,
        chat_type: "p2p",
        thread_id: `omt_${at}`,
        message_type: "text",
        content: JSON.stringify({ text: `问题 ${at}` }),
      },
    },
  };
  const iv = Buffer.alloc(16, at & 255);
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  const encrypt = Buffer.concat([iv, cipher.update(JSON.stringify(payload)), cipher.final()]).toString(
    "base64",
  );
  const body = JSON.stringify({ encrypt });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHash("sha256").update(`${timestamp}n${encryptKey}${body}`).digest("hex");
  return new Request("https://bot.test/", {
    method: "POST",
    body,
    headers: {
      "x-lark-request-timestamp": timestamp,
      "x-lark-request-nonce": "n",
      "x-lark-signature": signature,
    },
  });
}

const times: number[] = [];
const statuses = new Map<number, number>();
const open: Promise<void>[] = [];
const startedAt = performance.now();
for (let at = 0; at < EVENTS_PER_SECOND * SECONDS; at += 1) {
  const dueMs = startedAt + (at * 1000) / EVENTS_PER_SECOND - performance.now();
  if (dueMs > 1) await sleep(dueMs);
  const sent = request(at);
  const sentAt = performance.now();
  open.push(
    webhook(sent).then(({ status }) => {
      times.push(performance.now() - sentAt);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }),
  );
}
await Promise.all(open);
const tookMs = performance.now() - startedAt;
const streaming = emulator.cards().filter((card) => card.streaming).length;
times.sort((one, other) => one - other);
const quantile = (share: number) =>
  (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
console.log(
  `events ${times.length} in ${(tookMs / 1000).toFixed(1)} s, answers ${JSON.stringify([...statuses])}`,
);
console.log(`streams ${streams}, still streaming at the end ${streaming}`);
console.log(`acknowledged after ms: p50 ${quantile(0.5)}, p99 ${quantile(0.99)}, max ${quantile(1)}`);
await webhook.close();
