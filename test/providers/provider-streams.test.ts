import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";
import { type CardSource, type CardStream, pipeToCard } from "@streamcard/core";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anthropicChunks,
  openAiChatChunks,
  openAiResponsesChunks,
} from "../../packages/core/src/testing/provider-chunks.ts";
import { startProviderServer } from "./provider-server.ts";

let server: Awaited<ReturnType<typeof startProviderServer>>;
beforeAll(async () => {
  server = await startProviderServer();
});
afterAll(() => server.close());

const rejections: unknown[] = [];
process.on("unhandledRejection", (reason) => rejections.push(reason));
afterAll(() => expect(rejections).toEqual([]));

type Options = { readonly signal?: AbortSignal };

const openai = () => new OpenAI({ apiKey: "test", baseURL: server.url, maxRetries: 0 });
const anthropic = () => new Anthropic({ apiKey: "test", baseURL: server.url, maxRetries: 0 });
const messages = [{ role: "user" as const, content: "北京天气？" }];
const chat = { model: "m", messages };
const claude = { model: "m", max_tokens: 100, messages };

interface Client {
  readonly name: string;
  readonly chunks: readonly object[];
  open(options?: Options): unknown;
}

const clients: readonly Client[] = [
  {
    name: "openai chat.completions.create",
    chunks: openAiChatChunks,
    open: (options) => openai().chat.completions.create({ ...chat, stream: true }, options),
  },
  {
    name: "openai chat.completions.stream",
    chunks: openAiChatChunks,
    open: (options) => openai().chat.completions.stream(chat, options),
  },
  {
    name: "openai responses.create",
    chunks: openAiResponsesChunks,
    open: (options) => openai().responses.create({ model: "m", input: "?", stream: true }, options),
  },
  {
    name: "anthropic messages.create",
    chunks: anthropicChunks,
    open: (options) => anthropic().messages.create({ ...claude, stream: true }, options),
  },
  {
    name: "anthropic messages.stream",
    chunks: anthropicChunks,
    open: (options) => anthropic().messages.stream(claude, options),
  },
];

const bodies: readonly Client[] = [
  ["chat completions", "/chat/completions", openAiChatChunks] as const,
  ["responses", "/responses", openAiResponsesChunks] as const,
  ["messages", "/v1/messages", anthropicChunks] as const,
].flatMap(([name, path, chunks]) => {
  const body = async (options?: Options) =>
    (await fetch(`${server.url}${path}`, { method: "POST", ...options })).body as ReadableStream<Uint8Array>;
  return [
    { name: `the bytes of ${name}, as a web stream`, chunks, open: body },
    {
      name: `the bytes of ${name}, as a Node stream`,
      chunks,
      open: async (options?: Options) => Readable.fromWeb((await body(options)) as never),
    },
  ];
});

function openCard(options: Options = {}) {
  const emulator = createFeishuEmulator();
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    handleSignals: false,
    logger: { warn: () => {} },
  });
  const card = feishu.card({ to: emulator.chats.group, ...options });
  return { emulator, card };
}

const pipe = (source: unknown, card: CardStream) => pipeToCard(source as CardSource, card);
const textsOf = (emulator: ReturnType<typeof createFeishuEmulator>) =>
  emulator.cards().map(({ elements, finalizations, streaming }) => ({
    finalizations,
    streaming,
    texts: elements.flatMap(({ elementId, content }) => (elementId?.startsWith("answer") ? [content] : [])),
  }));

describe.each([...clients, ...bodies])("given $name", ({ name, chunks, open }) => {
  it("shows the answer and waits for the tool that it calls", async () => {
    server.answerWith({ chunks });
    const { emulator, card } = openCard();
    const result = await pipe(open(), card);
    expect(result).toMatchObject({
      status: "finished",
      reason: "waiting",
      text: "你好，世界。",
      delivery: "card",
    });
    expect(textsOf(emulator)).toEqual([{ finalizations: 1, streaming: false, texts: ["你好，世界。"] }]);
  });

  it("leaves the provider when the card is stopped", async () => {
    server.answerWith({ chunks: chunks.slice(0, 8), end: "hang" });
    server.closed.length = 0;
    const { card } = openCard();
    const result = pipe(open(), card);
    await sleep(200);
    void card.stop("reader");
    expect(await result).toMatchObject({ status: "stopped", reason: "reader" });
    await expect.poll(() => server.closed).toHaveLength(1);
  });

  it("says that it was cut, where the connection ends before the answer", async () => {
    server.answerWith({ chunks: chunks.slice(0, 5), end: "cut" });
    const { card } = openCard();
    // The helper of OpenAI's client has an error message of its own.
    expect(await pipe(open(), card)).toMatchObject({ status: "failed", reason: "error" });
  });

  it("says that it failed, where the connection breaks", async () => {
    server.answerWith({ chunks: chunks.slice(0, 5), end: "destroy" });
    const { card } = openCard();
    expect(await pipe(open(), card)).toMatchObject({ status: "failed", reason: "error" });
  });

  it("tells an abort of the request from an end and from a failure", async () => {
    server.answerWith({ chunks: chunks.slice(0, 8), end: "hang" });
    const controller = new AbortController();
    const { card } = openCard();
    const result = pipe(open({ signal: controller.signal }), card);
    setTimeout(() => controller.abort(), 200);
    expect(await result, name).toMatchObject({ status: "stopped", reason: "aborted" });
  });
});

describe("given sources without a provider", () => {
  it.each([
    ["strings", ["你好，", "世界。"]],
    [
      "bytes that split a character",
      [...new TextEncoder().encode("你好，世界。")].map((byte) => Uint8Array.of(byte)),
    ],
  ])("shows %s, as a web stream and as a Node stream", async (_name, chunks) => {
    for (const source of [
      Readable.toWeb(Readable.from(chunks)),
      Readable.from(chunks),
      Readable.from(chunks, { objectMode: false }),
    ]) {
      const { emulator, card } = openCard();
      expect(await pipe(source, card)).toMatchObject({ status: "finished", text: "你好，世界。" });
      expect(textsOf(emulator)).toMatchObject([{ texts: ["你好，世界。"] }]);
    }
  });
});
