import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { startFeishuEmulator } from "@streamcard/emulator";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inBrowser, isBrowserMissing, launchChromium } from "../browser/launch-chromium.ts";
import { runCommand } from "../processes/run-command.ts";
import { startOpenAiServer } from "../providers/openai-server.ts";

const main = join(import.meta.dirname, "../../examples/demo/main.ts");
const noCredentials = {
  OPENAI_API_KEY: undefined,
  OPENAI_BASE_URL: undefined,
  FEISHU_APP_ID: undefined,
  FEISHU_APP_SECRET: undefined,
  FEISHU_TO: undefined,
};

function askOnce(question: string, env: Readonly<Record<string, string>> = {}) {
  return runCommand(process.execPath, [main, "--once", question], { env: { ...noCredentials, ...env } });
}

describe.concurrent("given one question in the terminal", () => {
  it("draws the answer, says what it took and ends well", async ({ expect }) => {
    const { code, output } = await askOnce("为什么天空是蓝色的？");
    expect(code).toBe(0);
    expect(output).toContain("瑞利散射");
    expect(output).toContain("已完成");
    expect(output).toMatch(
      /^status finished · delivery card · \d+ characters · 1 card · \d+ calls · [\d.]+ KB sent · first text on the card \d+ ms after the first token$/m,
    );
  });

  it.each([
    ["东京现在几点？", /\| Asia\/Tokyo \| \d{4}-\d{2}-\d{2} \| \*\*\d{2}:\d{2}:\d{2}\*\* \|/],
    ["What is (3 + 4) * 12?", /\(3 \+ 4\) \* 12 = 84/],
    ["怎么泡绿茶？", /knowledge\/tea\.zh-CN\.md/],
  ])("answers %s with what the tools returned", async (question, expected) => {
    const { code, output } = await askOnce(question);
    expect(output).toMatch(expected);
    expect(code).toBe(0);
  });

  it("asks the model that the environment names", async () => {
    const server = await startOpenAiServer(["Hello ", "from a ", "model of your own."]);
    const { code, output } = await askOnce("Hello?", { OPENAI_API_KEY: "key", OPENAI_BASE_URL: server.url });
    await server.close();
    expect(output).toContain("Hello from a model of your own.");
    expect(code).toBe(0);
  });

  it("ends with 1 when the model fails, on a card that is finalized", async () => {
    const { code, output } = await askOnce("Hello?", {
      OPENAI_API_KEY: "key",
      OPENAI_BASE_URL: "http://127.0.0.1:47999/v1",
    });
    expect(output).toContain("status failed (error) · delivery card");
    expect(output).toContain("Something went wrong");
    expect(code).toBe(1);
  });

  it("ends with 1 when Feishu cannot be reached", async () => {
    const { code, output } = await askOnce("Hello?", {
      FEISHU_APP_ID: "cli_1",
      FEISHU_APP_SECRET: "secret",
      FEISHU_TO: "oc_1",
      FEISHU_DOMAIN: "http://127.0.0.1:47999",
    });
    expect(output).toContain("delivery none");
    expect(output).toContain("ECONNREFUSED");
    expect(code).toBe(1);
  });

  it("says what is missing for the real Feishu, and answers here", async () => {
    const { code, output } = await askOnce("Hello?", { FEISHU_APP_ID: "cli_1" });
    expect(output).toContain("set FEISHU_APP_SECRET and FEISHU_TO as well");
    expect(code).toBe(0);
  });

  it("says how to ask when there is no question", async () => {
    const { code, output } = await askOnce("  ");
    expect(output).toContain("A question follows --once");
    expect(code).toBe(2);
  });
});

describe("given the credentials of an app", () => {
  it("is the app's bot, over a connection that needs no public address", async () => {
    const emulator = await startFeishuEmulator({ page: false });
    const { appId, appSecret } = emulator.credentials;
    const credentials = { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: emulator.url };
    const demo = spawn(process.execPath, [main], {
      env: { ...process.env, ...noCredentials, ...credentials },
    });
    const output = outputOf(demo);
    try {
      await expect.poll(output, { timeout: 15_000 }).toContain("Write to the bot in Feishu");
      emulator.say("(3+4)*12 等于多少？");
      await expect.poll(output, { timeout: 15_000 }).toContain("status finished · delivery card");
      expect(emulator.cards()).toMatchObject([{ streaming: false, finalizations: 1 }]);
      expect(
        emulator
          .cards()[0]
          ?.elements.map(({ content }) => content)
          .join("\n"),
      ).toContain("**84**");
    } finally {
      demo.kill("SIGTERM");
      await once(demo, "exit");
      await emulator.close();
    }
    expect(demo.exitCode).toBe(0);
  });

  it("ends with a sentence when they are refused", async () => {
    const emulator = await startFeishuEmulator({ page: false });
    const { code, output } = await runCommand(process.execPath, [main], {
      env: {
        ...noCredentials,
        FEISHU_APP_ID: emulator.credentials.appId,
        FEISHU_APP_SECRET: "wrong",
        FEISHU_DOMAIN: emulator.url,
      },
    });
    await emulator.close();
    expect(output).toContain("The long connection was refused");
    expect(output).not.toContain("    at ");
    expect(code).toBe(2);
  });
});

describe.skipIf(isBrowserMissing)(`given the page ${inBrowser}`, () => {
  let browser: Browser;
  let demo: ChildProcess | undefined;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  afterEach(() => demo?.kill());

  it("types the answer out, with the preview until it is finalized, and asks before it books", async () => {
    demo = spawn(process.execPath, [main], { env: { ...process.env, ...noCredentials } });
    const url = await addressOf(demo);
    const page = await browser.newPage({ locale: "zh-CN", viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    const box = page.getByRole("textbox").last();
    await box.fill("为什么天空是蓝色的？");
    await box.press("Enter");

    const body = page.locator("body");
    await expect.poll(() => body.textContent(), { timeout: 10_000 }).toContain("[生成中...]");
    const lengths: number[] = [];
    await expect
      .poll(
        async () => {
          const text = (await body.textContent()) ?? "";
          lengths.push(text.length);
          return text;
        },
        { timeout: 30_000, interval: 100 },
      )
      .toContain("已完成");
    expect(new Set(lengths).size).toBeGreaterThan(20);
    expect(await body.textContent()).toContain("瑞利散射");
    expect(await body.textContent()).not.toContain("生成中");

    await box.fill("订一间会议室，14:30");
    await box.press("Enter");
    await page.getByRole("button", { name: "批准", exact: true }).click({ timeout: 10_000 });
    await page.locator(".card").getByText("时间是 14:30").waitFor({ timeout: 10_000 });
    await page.close();
  });
});

/** Collects the output of a program. @returns a function that gives the output so far. */
function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let output = "";
  for (const stream of [stdout, stderr]) stream?.on("data", (data) => (output += data));
  return () => output;
}

/** Waits for the address that the demo prints. */
async function addressOf(demo: ChildProcess): Promise<string> {
  const output = outputOf(demo);
  await expect.poll(output, { timeout: 15_000 }).toMatch(/http:\/\/\S+/);
  return /http:\/\/\S+/.exec(output())?.[0] ?? "";
}
