import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type OpenExample, openExample } from "../../examples/nextjs-bot/open-example.ts";
import { inBrowser, isBrowserMissing, launchChromium } from "../browser/launch-chromium.ts";
import { runCommand } from "../processes/run-command.ts";

const MINUTES = 60_000;

/** Tag of these tests, because they install and build Next.js. */
const slow = { tags: "slow" };

/** Last words of the scripted answer. */
const lastWords = "代码一行也不用改。";

let example: OpenExample;

beforeAll(async () => {
  // The example is no part of the workspace, so that `pnpm run demo` does not install Next.js.
  const cwd = join(import.meta.dirname, "../../examples/nextjs-bot");
  const { code, output } = await runCommand("npx", ["-y", "pnpm@12", "install", "--frozen-lockfile"], {
    cwd,
  });
  if (code !== 0) throw new Error(output);
  example = await openExample();
}, 5 * MINUTES);

afterAll(() => example?.close(), MINUTES);

/** Reads the card that was made last. */
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

/** Asks on the page whose answer is in the browser and on a card, and leaves once the answer has begun. */
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

describe.skipIf(isBrowserMissing)(`given the bot in one route of Next.js, ${inBrowser}`, slow, () => {
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
    page.on("pageerror", ({ message }) => troubles.push(message));
  });
  afterAll(() => browser?.close());
  afterEach(() => expect(troubles).toEqual([]));

  const card = (index: number) => page.locator(".card").nth(index);
  const press = (index: number, name: string) =>
    card(index).getByRole("button", { name, exact: true }).click({ timeout: 30_000 });
  const cardSays = (index: number, words: string | RegExp) =>
    card(index).getByText(words).first().waitFor({ timeout: 30_000 });
  const isTold = (words: string) => page.locator(".toast").getByText(words).waitFor({ timeout: 5_000 });
  const write = async (text: string): Promise<void> => {
    const box = page.getByRole("textbox").last();
    await box.fill(text);
    await box.press("Enter");
  };

  it("stops in the middle of an answer", async () => {
    await page.goto(example.emulator.url);
    await write("你能做什么？");
    await cardSays(0, "可以试什么");
    await press(0, "停止");
    await isTold("已停止");
    await cardSays(0, /已由.*停止/);
    expect(await card(0).textContent()).not.toContain(lastWords);
  });

  it("answers again on a new card, and says so on the old one", async () => {
    await press(0, "重新生成");
    await isTold("正在重新回答");
    await cardSays(0, "已重新回答，见新的卡片");
    await cardSays(1, lastWords);
    await cardSays(1, "已完成");
  });

  it("takes feedback", async () => {
    await press(1, "有帮助");
    await isTold("谢谢你的反馈");
  });

  it("carries a tool out once it is approved, on a card that replies to the one that asked", async () => {
    await write("订一间会议室，14:30");
    await cardSays(2, "等待处理");
    expect(await page.locator("body").textContent()).not.toContain("已经订好");
    await press(2, "批准");
    await isTold("已批准");
    await cardSays(3, "时间是 14:30");
    const [asking, resumed] = example.emulator
      .messages()
      .filter(({ cardId }) => cardId)
      .slice(-2);
    expect(resumed?.parentId).toBe(asking?.messageId);
  });

  it("leaves a tool alone once it is denied", async () => {
    await write("再订一间会议室");
    await press(4, "拒绝");
    await isTold("已拒绝");
    await cardSays(5, "那就不订了");
  });

  it("shows one run on a page of its own and on a card at once", async () => {
    const other = await browser.newPage();
    await other.goto(example.url);
    await other.getByRole("button", { name: "Ask" }).click();
    await other.getByText("可以试什么").waitFor({ timeout: 30_000 });
    expect(lastCard()).toMatchObject({ streaming: true });
    await other.getByText(lastWords).waitFor({ timeout: 30_000 });
    await shows(lastWords);
    await other.close();
  });
});

describe("given the bot in one route of Next.js", slow, () => {
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

  it("says what is wrong with a question that is none, and makes no card", async () => {
    const before = example.emulator.cards().length;
    for (const body of ["", "{}", '{"messages":"天空"}']) {
      const response = await fetch(`${example.url}/api/chat`, { method: "POST", body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: expect.stringMatching(/^"messages" must be those of useChat\(\)\. ./),
      });
    }
    expect(example.emulator.cards()).toHaveLength(before);
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
