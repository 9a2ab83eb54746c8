import process from "node:process";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import { findChromium } from "../../testing/find-chromium.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { startFeishuEmulator } from "../start-feishu-emulator.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { cardOf } from "./cards.ts";

const executablePath = findChromium();

/** True if tests in a browser have to be skipped on this machine. */
export const isBrowserMissing = executablePath === undefined;

/** Title for a suite that is skipped without a browser. */
export const inBrowser = isBrowserMissing
  ? "the page (needs Chromium: CHROMIUM_PATH can say where it is)"
  : "the page in a browser";

/** The page in a browser, with an emulator of its own for each test. */
export interface PageBrowser {
  emulator: FeishuEmulator;
  api: ApiClient;
  page: Page;
  /** Errors, dialogs and requests to other servers, of which there should be none. */
  troubles: string[];
  open(options?: BrowserContextOptions, path?: string): Promise<void>;
  /** Sends a card, to the bot's own chat unless another one is named. */
  send(card: JsonObject, chatId?: string): Promise<{ cardId: string; messageId: string }>;
  /** Makes a card in streaming mode that is typed every 20 ms. */
  typed(elements: JsonObject[], config?: JsonObject): JsonObject;
}

/** Sets up the tests of a suite. The fields of the returned object are filled in before each test. */
export function usePageBrowser(): PageBrowser {
  let browser: Browser;
  const rules = { cardLimit: "never", appLimit: "off", messageLimitPerSecond: 1000 } as const;

  const state = { troubles: [] } as unknown as Pick<PageBrowser, "emulator" | "api" | "page" | "troubles">;
  const tab: PageBrowser = Object.assign(state, {
    open: async (options: BrowserContextOptions = {}, path = "/") => {
      const context = await browser.newContext({
        locale: "zh-CN",
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      const { url } = tab.emulator;
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("dialog", (dialog) => troubles.push(`dialog: ${dialog.message()}`));
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
          troubles.push(request.url());
      });
      Object.assign(tab, { page, troubles });
      await page.goto(url + path);
      await page.locator(".chat-item").first().waitFor({ state: "attached" });
    },
    send: async (card: JsonObject, chatId = tab.emulator.chats.direct) => {
      const cardId = await tab.api.create(card);
      return { cardId, messageId: await tab.api.send(cardId, chatId) };
    },
    typed: (elements: JsonObject[], config: JsonObject = {}) => ({
      ...cardOf(...elements),
      config: {
        streaming_mode: true,
        streaming_config: { print_frequency_ms: { default: 20 } },
        ...config,
      },
    }),
  });

  beforeAll(async () => {
    if (isBrowserMissing) return;
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  }, 30_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    tab.emulator = await startFeishuEmulator({ rules });
    tab.api = await createApiClient(tab.emulator);
  });
  afterEach(async () => {
    await tab.page?.context().close();
    await tab.emulator.close();
  });
  return tab;
}
