import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenExample, openExample } from "../examples/nextjs-bot/open-example.ts";
import { runCommand } from "./run-command.ts";

const MINUTES = 60_000;

/** Its scripted answer ends with this. */
const lastWords = "代码一行也不用改。";

let example: OpenExample;

beforeAll(async () => {
  // It is no part of the workspace, so that `pnpm run demo` installs without Next.js.
  const cwd = join(import.meta.dirname, "../examples/nextjs-bot");
  const { code, output } = await runCommand("npx", ["-y", "pnpm@12", "install", "--frozen-lockfile"], {
    cwd,
  });
  if (code !== 0) throw new Error(output);
  example = await openExample();
}, 5 * MINUTES);

afterAll(() => example?.close(), MINUTES);

/** The card that was made last, as text. */
function lastCard() {
  const card = example.emulator.cards().at(-1);
  const text = card?.elements.map(({ content }) => content ?? "").join("\n") ?? "";
  return { text, streaming: card?.streaming, finalizations: card?.finalizations };
}

const shows = (words: string) => expect.poll(() => lastCard().text, { timeout: 30_000 }).toContain(words);

/** Writes to the bot, and waits for the card that answers. */
async function say(text: string): Promise<void> {
  const { emulator } = example;
  const before = emulator.cards().length;
  emulator.say(text);
  await expect.poll(() => emulator.cards().length, { timeout: 10_000 }).toBe(before + 1);
}

/** Asks on the page that has one run in the browser and on a card; leaves once the answer has begun. */
async function askAndLeave(onLeave: "stop" | "finish"): Promise<void> {
  const leaving = new AbortController();
  const messages = [{ id: "1", role: "user", parts: [{ type: "text", text: "你能做什么？" }] }];
  const response = await fetch(`${example.url}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ messages, onLeave }),
    signal: leaving.signal,
  });
  let received = "";
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    received += chunk;
    if (received.includes("卡片")) break;
  }
  leaving.abort();
}

describe("given a bot in one route of Next.js", () => {
  it("answers in a card, long after it has answered the event", async () => {
    await say("你能做什么？");
    await shows(lastWords);
    await shows("已完成");
    const delivery = example.subscription.deliveries().at(-1);
    expect(delivery).toMatchObject({ outcome: "accepted", status: 200, attempt: 1 });
    expect((delivery?.answeredAt ?? Number.NaN) - (delivery?.sentAt ?? 0)).toBeLessThan(3_000);
    expect(lastCard()).toMatchObject({ streaming: false, finalizations: 1 });
  });

  it("refuses what was not signed with its key", async () => {
    const stranger = example.emulator.subscribe({ url: `${example.url}/api/feishu`, encryptKey: "another" });
    await expect(stranger.verify()).rejects.toThrow("received HTTP 401");
    stranger.close();
  });

  it("goes on with a run whose browser left, where the request's signal was not passed on", async () => {
    await askAndLeave("finish");
    await shows(lastWords);
    await shows("已完成");
  });

  it("stops a run whose browser left, where the request's signal was passed on", async () => {
    await askAndLeave("stop");
    await shows("已停止");
    expect(lastCard()).toMatchObject({ streaming: false, finalizations: 1 });
    expect(lastCard().text).not.toContain(lastWords);
  });

  it("finishes its answer when the server is told to end, by after()", async () => {
    await say("你能做什么？");
    await shows("我是用 Next.js 写的机器人");
    expect(lastCard()).toMatchObject({ streaming: true });
    await example.stopServer();
    await shows(lastWords);
    expect(lastCard().text).toContain("已完成");
    expect(lastCard()).toMatchObject({ streaming: false, finalizations: 1 });
  });
});
