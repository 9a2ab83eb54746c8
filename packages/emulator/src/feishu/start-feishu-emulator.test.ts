import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { hang } from "../exchange/fault-answers.ts";
import type { FeishuEmulator } from "./emulator/feishu-emulator.ts";
import { startFeishuEmulator } from "./start-feishu-emulator.ts";
import { createApiClient } from "./testing/api-client.ts";
import { markdown, streamingCard } from "./testing/cards.ts";

const TOKEN = "/open-apis/auth/v3/tenant_access_token/internal";

describe("given an emulator that listens", () => {
  const open: FeishuEmulator[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((emulator) => emulator.close()));
  });
  const start = async (...args: Parameters<typeof startFeishuEmulator>) => {
    const emulator = await startFeishuEmulator(...args);
    open.push(emulator);
    return emulator;
  };

  it("takes any free port of this machine by default", async () => {
    const [first, second] = [await start(), await start()];

    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(second.url).not.toBe(first.url);
  });

  it("is one world, over HTTP and through its fetch", async () => {
    const emulator = await start();
    const overHttp = await createApiClient(emulator, { fetch: globalThis.fetch });
    const inProcess = await createApiClient(emulator);
    const cardId = await overHttp.create(streamingCard(markdown("answer")));

    expect(await inProcess.content(cardId, "answer", "a", 1)).toMatchObject({ code: 0 });
    expect(await overHttp.content(cardId, "answer", "b", 1)).toMatchObject({ status: 400, code: 300317 });
  });

  it("answers the same over HTTP as through its fetch", async () => {
    const emulator = await start();
    const requests = [
      ["GET", "/open-apis", undefined],
      ["GET", TOKEN, undefined],
      ["POST", TOKEN, "{"],
      ["POST", TOKEN, '{"app_id":"x","app_secret":"y"}'],
      ["POST", "/open-apis/cardkit/v1/cards", "{}"],
      ["DELETE", "/open-apis/cardkit/v1/cards/1/elements/x", '{"sequence":1}'],
    ] as const;
    const ask = async (fetch: typeof globalThis.fetch) => {
      const answers = [];
      for (const [method, path, body] of requests) {
        const headers = { "content-type": "application/json" };
        const response = await fetch(emulator.url + path, {
          method,
          headers,
          ...(body === undefined ? {} : { body }),
        });
        const { error: _, ...json } = await response.json();
        answers.push([response.status, response.headers.get("content-type"), json]);
      }
      return answers;
    };

    expect(await ask(globalThis.fetch)).toEqual(await ask(emulator.fetch));
  });

  it("carries the body of a DELETE", async () => {
    const emulator = await start();
    const api = await createApiClient(emulator, { fetch: globalThis.fetch });
    const cardId = await api.create(streamingCard(markdown("answer"), markdown("other")));

    await api.call("DELETE", `/open-apis/cardkit/v1/cards/${cardId}/elements/other`, { sequence: 1 });

    expect(emulator.card(cardId).elements.map(({ elementId }) => elementId)).toEqual(["answer"]);
  });

  it("refuses a body over 32 MB", async () => {
    const emulator = await start();
    const body = "x".repeat(33 * 1024 * 1024);

    const response = await fetch(emulator.url + TOKEN, { method: "POST", body });

    expect(response.status).toBe(413);
  });

  it("survives a caller that hangs up in the middle of a request", async () => {
    const emulator = await start();
    const { hostname, port } = new URL(emulator.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`POST ${TOKEN} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{`);
        socket.destroy();
      });
      socket.on("close", () => resolve());
    });

    expect((await fetch(`${emulator.url}/open-apis/none`)).status).toBe(404);
  });

  it("rejects when the port is in use", async () => {
    const { url } = await start();

    await expect(startFeishuEmulator({ port: Number(new URL(url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });

  it("lets requests and answers travel over HTTP too", async () => {
    const emulator = await start({ latency: () => ({ requestMs: 20, responseMs: 20 }) });
    const started = performance.now();

    await fetch(emulator.url + TOKEN);

    expect(performance.now() - started).toBeGreaterThanOrEqual(35);
  });

  it("closes although a request hangs, which fails then", async () => {
    const emulator = await start();
    emulator.faults({ answer: hang() });
    const call = fetch(emulator.url + TOKEN).then(
      () => "answered",
      () => "failed",
    );
    while (emulator.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));

    await emulator.close();

    expect(await call).toBe("failed");
  });

  it("closes at once although callers keep their connections, and only once", async () => {
    const emulator = await start();
    await fetch(emulator.url);

    await emulator.close();
    await emulator.close();

    await expect(fetch(emulator.url)).rejects.toThrow(TypeError);
  });
});
