import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Gallery, openGallery } from "../examples/gallery/gallery.ts";
import { inBrowser, isBrowserMissing, launchChromium } from "./launch-chromium.ts";

const viewports = [
  { width: 360, height: 740, colorScheme: "dark" },
  { width: 1280, height: 800, colorScheme: "light" },
] as const;

describe.skipIf(isBrowserMissing)(`given the gallery ${inBrowser}`, { timeout: 60_000 }, () => {
  let browser: Browser;
  let gallery: Gallery;

  beforeAll(async () => {
    gallery = await openGallery();
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await gallery?.emulator.close();
  });

  it.each(viewports)("draws every card, and keeps it on a page of $width pixels", async (viewport) => {
    const { width, height, colorScheme } = viewport;
    const page = await browser.newPage({ locale: "zh-CN", viewport: { width, height }, colorScheme });
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") troubles.push(message.text());
    });
    const found: object[] = [];
    for (const [name, chatId] of gallery.chatIds) {
      await page.goto(`${gallery.emulator.url}/#${chatId}`);
      await page.getByRole("heading", { name }).waitFor();
      await page.locator(".card").first().waitFor();
      found.push({ name, ...(await lookOver(page)) });
    }
    await page.close();

    const cards = (chatId: string): number => gallery.emulator.messages(chatId).length;
    expect(found).toEqual(
      Array.from(gallery.chatIds, ([name, chatId]) => ({
        name,
        cards: cards(chatId),
        undrawn: [],
        outside: 0,
      })),
    );
    expect(troubles).toEqual([]);
  });
});

async function lookOver(page: Page): Promise<object> {
  // A picture may still be on its way.
  await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
  return {
    cards: await page.locator(".card").count(),
    undrawn: await page.getByText(/此处暂不绘制该组件|图片已失效/).allTextContents(),
    outside: await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  };
}
