import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Gallery, openGallery } from "../../examples/gallery/gallery.ts";
import { inBrowser, isBrowserMissing, launchChromium } from "../browser/launch-chromium.ts";

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
    await gallery?.close();
  });

  it("has the whole text of every run on its cards, and an end on those that ended (P1, P2)", async () => {
    for (const { story, result } of gallery.told) {
      if (result === undefined) continue;
      const { delivery, deliveryError, cards, status } = await result;
      expect({ delivery, deliveryError }, JSON.stringify(story.options)).toEqual({ delivery: "card" });
      const shown = cards.map(({ cardId }) => gallery.emulator.card(cardId));
      expect(shown.map((card) => card?.streaming)).toEqual(cards.map(() => false));
      expect(status).toMatch(/finished|stopped|failed/);
    }
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
      found.push({ name, ...(await lookOver(page)), missing: await missing(page, name) });
    }
    await page.close();

    const cards = (chatId: string): number =>
      gallery.emulator.messages(chatId).filter(({ msgType }) => msgType === "interactive").length;
    expect(found).toEqual(
      Array.from(gallery.chatIds, ([name, chatId]) => ({
        name,
        cards: cards(chatId),
        undrawn: [],
        outside: 0,
        missing: [],
      })),
    );
    expect(troubles).toEqual([]);
  });
});

/** Words that must be on the cards that streamcard made, by chapter. */
const seen: Readonly<Record<string, readonly string[]>> = {
  一次回答的全过程: [
    "思考中…",
    "已思考 3.2 秒",
    "○ 计算 · 进行中…",
    "✓ 查找资料 · 0.8 秒",
    "2 个来源",
    "停止",
    "重新生成",
  ],
  状态: [
    "正在使用 查询天气…",
    "已完成，没有内容",
    "已由用户停止",
    "已超时，内容可能不完整",
    "出错了：模型服务繁忙，请稍后再试",
    "出错了：天气服务正在维护，预计 18:00 恢复",
    "已达到长度上限，内容不完整",
    "等待处理",
    "未完，见下一张卡片",
  ],
  思考过程: ["思考中…", "已思考 6.8 秒", "已思考 3 分 5 秒"],
  工具调用: [
    "✕ 查询数据库 · 失败 · 0.8 秒",
    "✕ 发送邮件 · 已拒绝 · 9.4 秒",
    "○ 查询数据库 · 准备中…",
    "● 发送邮件 · 等待批准",
    "之前还有 41 次工具调用",
    "批准",
    "拒绝",
  ],
  "来源、页脚与按钮": [
    "26 个来源",
    "1,204 → 356 tokens · 首字 0.4 秒 · 共 6.2 秒",
    "我们的模型 · 共 2 分 5 秒",
    "有帮助",
    "没帮助",
  ],
  "多个模型，多个智能体": ["gpt-5", "生成中…", "检索", "出错了，内容可能不完整 · 5.0 秒"],
  标题与运行结果: ["生成中…", "已完成", "已停止", "失败", "等待处理"],
  自定义布局: ["创建工单"],
  三种语言: ["Thought for 2.1 s", "2.1 秒 考えました", "Waiting for you", "承認待ち", "良い回答"],
};

async function missing(page: Page, name: string): Promise<string[]> {
  const drawn = (await page.locator(".card").allTextContents()).join("\n");
  return (seen[name] ?? []).filter((words) => !drawn.includes(words));
}

async function lookOver(page: Page): Promise<object> {
  // Pictures may still be loading.
  await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
  return {
    cards: await page.locator(".card").count(),
    undrawn: await page.getByText(/此处暂不绘制该组件|图片已失效/).allTextContents(),
    outside: await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  };
}
