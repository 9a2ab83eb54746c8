import { createServer, type Server, type ServerResponse } from "node:http";
import { createOpenAICompatible as createProvider7 } from "@ai-sdk/openai-compatible";
import type { RunContext } from "@streamcard/core";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import * as ai7 from "ai";
import * as ai5 from "ai5";
import * as ai6 from "ai6";
import { createOpenAICompatible as createProvider5 } from "openai-compatible5";
import { createOpenAICompatible as createProvider6 } from "openai-compatible6";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realTimeDesk } from "./testing/card-desk.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

const prompt = "天空为什么是蓝色的？";
const maxRetries = 0;
const onError = () => {};

function chunk(said: string | object = {}, finishReason: string | null = null, more: object = {}): string {
  const delta = typeof said === "string" ? { content: said } : said;
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  const body = { id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices, ...more };
  return `data: ${JSON.stringify(body)}\n\n`;
}

/** Answers of the server, by the name of the model. */
const answers: Record<string, (response: ServerResponse) => void> = {
  whole: (response) => {
    response.write(chunk("天空"));
    response.end(`${chunk("很蓝。")}${chunk(undefined, "stop")}data: [DONE]\n\n`);
  },
  thinks: (response) => {
    const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
    response.write(chunk({ reasoning_content: "瑞利散射。" }));
    response.end(`${chunk("很蓝。")}${chunk(undefined, "stop", { usage })}data: [DONE]\n\n`);
  },
  dies: (response) => {
    response.write(chunk("天空"));
    setTimeout(() => response.destroy(), 50);
  },
  hangs: (response) => void response.write(chunk("天空")),
  refuses: (response) => void response.writeHead(401, {}).end('{"error":{"message":"no key"}}'),
};

let server: Server;
let baseURL: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const { model } = JSON.parse(body);
    if (model !== "refuses") response.writeHead(200, { "content-type": "text/event-stream" });
    answers[model]?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  baseURL = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const runs = {
  5: (model: string, { signal }: RunContext) =>
    ai5.streamText({
      model: createProvider5({ name: "local", baseURL })(model),
      prompt,
      maxRetries,
      onError,
      abortSignal: signal,
    }),
  6: (model: string, { signal }: RunContext) =>
    ai6.streamText({
      model: createProvider6({ name: "local", baseURL })(model),
      prompt,
      maxRetries,
      onError,
      abortSignal: signal,
    }),
  7: (model: string, { signal }: RunContext) =>
    ai7.streamText({
      model: createProvider7({ name: "local", baseURL })(model),
      prompt,
      maxRetries,
      onError,
      abortSignal: signal,
    }),
};

/** @param reader Leaves as soon as there is text on the card. */
async function show(version: keyof typeof runs, model: string, reader?: AbortController) {
  const { emulator, feishu, to, seen, blocks } = realTimeDesk();
  emulator.watch(() => {
    if (seen().some(({ texts }) => texts.length > 0)) reader?.abort("user left");
  });
  const start = (run: RunContext) => runs[version](model, run);
  const result = await toFeishuCard(start, {
    feishu,
    to,
    signal: reader?.signal,
    minIntervalMs: 0,
    footer: { model: true, tokens: true },
  });
  return { result, seen: seen(), blocks: blocks() };
}

describe.each([5, 6, 7] as const)("given a provider that ai %s calls over HTTP", (version) => {
  it.concurrent("shows the whole answer", async () => {
    const { result, seen } = await show(version, "whole");
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: "天空很蓝。" });
    expect(seen).toMatchObject([{ texts: ["天空很蓝。"], status: "已完成", finalizations: 1 }]);
  });

  it.concurrent("shows what it thinks, the model and its tokens", async () => {
    const { blocks } = await show(version, "thinks");
    expect(blocks).toMatchObject([
      {
        order: ["reasoning", "text", "status", "footer"],
        reasoning: [{ text: "瑞利散射。", folded: true }],
        footer: "m · 3 → 5 tokens",
      },
    ]);
  });

  it.concurrent("fails with the socket, and keeps what came before", async () => {
    const { result, seen } = await show(version, "dies");
    expect(result).toMatchObject({ status: "failed", reason: "error", text: "天空" });
    expect(seen).toMatchObject([{ texts: ["天空"], status: "出错了：无法连接到模型服务", finalizations: 1 }]);
  });

  it.concurrent("fails with the request", async () => {
    const { result, seen } = await show(version, "refuses");
    expect(result).toMatchObject({ status: "failed", error: { statusCode: 401 } });
    expect(seen).toMatchObject([{ texts: [], status: "出错了：没有访问模型服务的权限", finalizations: 1 }]);
  });

  it.concurrent("stops for a reason of the caller's own", async () => {
    const { result, seen } = await show(version, "hangs", new AbortController());
    expect(result).toMatchObject({ status: "stopped", reason: "aborted", error: "user left", text: "天空" });
    expect(seen).toMatchObject([{ texts: ["天空"], status: "已停止", finalizations: 1 }]);
  });
});
