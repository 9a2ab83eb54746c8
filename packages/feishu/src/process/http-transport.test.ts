import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "@streamcard/core/driver";
import { afterEach, describe, expect, it } from "vitest";
import { callFeishu, type FeishuRequest } from "../api/feishu-client.ts";
import { createTransport } from "./http-transport.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Makes requests over sockets to a server that answers as it is told. */
async function caller(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const transport = createTransport();
  closing.push(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });
  const domain = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = (request: Partial<FeishuRequest> = {}) =>
    callFeishu(
      { domain, fetch: transport.fetch, clock: systemClock },
      { attempt: "Trying", method: "POST", path: "/open-apis/x", ...request },
    );
  return { call, server };
}

describe("given HTTP over sockets", () => {
  it("sends the method, the token and the body, and gives back the answer", async () => {
    const { call } = await caller(async (request, response) => {
      let body = "";
      for await (const chunk of request.setEncoding("utf8")) body += chunk;
      const { method, url, headers } = request;
      response.end(JSON.stringify({ code: 0, data: { method, url, body, headers } }));
    });
    const { data } = await call({ method: "PUT", body: { text: "天空" }, token: "t-1" });
    expect(data).toMatchObject({
      method: "PUT",
      url: "/open-apis/x",
      body: '{"text":"天空"}',
      headers: {
        authorization: "Bearer t-1",
        "content-type": "application/json; charset=utf-8",
        "content-length": "17",
        "user-agent": "streamcard",
      },
    });
    expect(await call({ method: "GET" })).toMatchObject({ data: { method: "GET", body: "" } });
  });

  it("reads what the headers say of a refusal, whatever their case", async () => {
    const { call } = await caller((_request, response) => {
      response.writeHead(429, { "X-Tt-Logid": "log-1", "x-ogw-ratelimit-reset": "2" });
      response.end(JSON.stringify({ code: 99991400, msg: "slow down" }));
    });
    await expect(call()).rejects.toMatchObject({
      platformCode: 99991400,
      logId: "log-1",
      retryAfterMs: 2_000,
    });
  });

  it("keeps its sockets open", async () => {
    const sockets = new Set<unknown>();
    const { call } = await caller((request, response) => {
      sockets.add(request.socket);
      response.end('{"code":0}');
    });
    for (let round = 0; round < 20; round += 1) await call();
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it("says that an answer is late when it is, in its head and in its body", async () => {
    const { call } = await caller((request, response) => {
      if (request.method === "POST") response.write('{"code":');
    });
    for (const method of ["POST", "GET"] as const) {
      await expect(call({ method, limitMs: 50 })).rejects.toMatchObject({
        message: expect.stringContaining("no answer within 50 ms"),
        outcome: "unknown",
      });
    }
  });

  it("knows whether a request that was not answered may have arrived", async () => {
    const { call, server } = await caller((request) => request.socket.destroy());
    await expect(call()).rejects.toMatchObject({ outcome: "unknown", isRetryable: true });
    server.closeAllConnections();
    server.close();
    await expect(call()).rejects.toMatchObject({
      message: expect.stringContaining("ECONNREFUSED"),
      outcome: "refused",
    });
  });
});
