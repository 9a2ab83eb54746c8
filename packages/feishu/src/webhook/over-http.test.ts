import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Readable } from "node:stream";
import { type FeishuEmulator, startFeishuEmulator } from "@streamcard/emulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFeishu, type Feishu } from "../create-feishu.ts";
import { type FeishuWebhook, type FeishuWebhookOptions, feishuWebhook } from "./feishu-webhook.ts";

const encryptKey = "kudryavka";

let emulator: FeishuEmulator;
let feishu: Feishu;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  emulator = await startFeishuEmulator({ page: false });
  feishu = createFeishu({ ...emulator.credentials, domain: emulator.url, handleSignals: false });
  closers.push(
    () => emulator.close(),
    () => feishu.close(),
  );
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that hands requests to a webhook, as every framework's adapter does. */
async function serve(options: FeishuWebhookOptions) {
  const webhook: FeishuWebhook = feishuWebhook({ feishu, encryptKey, logger: { warn() {} }, ...options });
  const server: Server = createServer(async (incoming, outgoing) => {
    const headers = new Headers(incoming.headers as Record<string, string>);
    const body = Readable.toWeb(incoming) as ReadableStream;
    const init = { method: incoming.method ?? "", headers, body, duplex: "half" };
    const response = await webhook(
      new Request(`http://${headers.get("host")}${incoming.url}`, init as RequestInit),
    );
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/feishu`;
  closers.push(
    () => webhook.close({ graceMs: 0 }),
    async () => {
      server.close();
      server.closeAllConnections();
    },
  );
  return { url, subscription: emulator.subscribe({ url, encryptKey }) };
}

const until = async (isTrue: () => boolean): Promise<void> => {
  for (let turn = 0; !isTrue(); turn += 1) {
    if (turn > 500) throw new Error("It did not happen within 5 seconds.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

async function* slowly(text: string, signal: AbortSignal): AsyncGenerator<string> {
  for (const character of text) {
    signal.throwIfAborted();
    yield character;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe("given a webhook behind a server, and a platform that signs and encrypts", () => {
  it("proves its address, answers a question on a card, and Stop ends it", async () => {
    let given: AbortSignal | undefined;
    let runId: string | undefined;
    const named: Feishu = {
      ...feishu,
      card: (options) => {
        runId = `http-${emulator.tenantKey}-${Date.now()}`;
        return feishu.card({ ...options, runId });
      },
    };
    const { subscription } = await serve({
      feishu: named,
      onMessage: (message) =>
        message.reply(({ signal }) => {
          given = signal;
          return slowly("天空为什么是蓝色的？".repeat(50), signal);
        }),
    });
    await subscription.verify();
    emulator.say("天空为什么是蓝色的？");
    await until(() => (emulator.cards()[0]?.elements[0]?.content ?? "").startsWith("天空为什么"));
    emulator.click(emulator.cards()[0]?.messageId ?? "", {
      value: { streamcard: 1, run: runId ?? "", card: 0, action: "stop" },
    });
    await until(() => emulator.cards()[0]?.streaming === false);
    expect(given?.aborted).toBe(true);
    expect(subscription.deliveries().map(({ outcome }) => outcome)).toEqual(["accepted", "accepted"]);
    expect(subscription.deliveries()[1]?.response).toMatchObject({ toast: { content: "已停止" } });
    const status = emulator.cards()[0]?.elements.find(({ elementId }) => elementId === "sc_status");
    expect(status?.content).toContain(emulator.person.openId);
  });

  it("does not prove an address with another key", async () => {
    const { subscription } = await serve({ encryptKey: "another" });
    await expect(subscription.verify()).rejects.toThrow("received HTTP 401");
  });
});
