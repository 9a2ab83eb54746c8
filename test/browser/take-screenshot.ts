import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { openGallery } from "../../examples/gallery/gallery.ts";
import { findChromium } from "../../packages/emulator/src/testing/find-chromium.ts";

// Takes the pictures in the READMEs: the demo in the middle of an answer, and pages of the gallery.
const root = join(import.meta.dirname, "../..");
const executablePath = findChromium();
if (executablePath === undefined)
  throw new Error("No Chromium was found. CHROMIUM_PATH can say where one is.");
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath, args });

/** Time within which the cards of unfinished runs are typed, in milliseconds. */
const TYPING_MS = 2_500;

/** Time within which the arrow of a panel turns, in milliseconds. */
const TURNING_MS = 300;

await takeDemo();
await takeGallery();
await browser.close();

async function takeDemo(): Promise<void> {
  const demo = spawn(process.execPath, [join(root, "examples/demo/main.ts")]);
  const [greeting] = await once(demo.stdout, "data");
  const url = /http:\/\/\S+/.exec(String(greeting))?.[0] ?? "";
  const page = await browser.newPage({
    locale: "zh-CN",
    viewport: { width: 1080, height: 700 },
    deviceScaleFactor: 1.5,
  });
  await page.goto(url);
  const box = page.getByRole("textbox").last();
  await box.fill("为什么天空是蓝色的？");
  await box.press("Enter");
  await page.getByText("人眼对蓝色").waitFor();
  await page.screenshot({ path: picture("demo") });
  demo.kill();
}

async function takeGallery(): Promise<void> {
  const gallery = await openGallery();
  const open = async (chapter: string, options: BrowserContextOptions): Promise<Page> => {
    const page = await browser.newPage({ locale: "zh-CN", colorScheme: "light", ...options });
    await page.goto(`${gallery.emulator.url}/#${gallery.chatIds.get(chapter)}`);
    await page.locator(".card").first().waitFor();
    await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
    await page.waitForTimeout(TYPING_MS);
    return page;
  };
  const tall = { viewport: { width: 1000, height: 2400 }, deviceScaleFactor: 1.5 };

  const run = await open("一次回答的全过程", tall);
  const cards = run.locator(".card");
  await cards.nth(-1).getByText("已思考").click();
  await cards.nth(-1).getByText("2 个来源").click();
  await run.waitForTimeout(TURNING_MS);
  await cards.nth(-1).screenshot({ path: picture("agent") });

  const models = await open("多个模型，多个智能体", tall);
  await models
    .locator(".card")
    .nth(1)
    .screenshot({ path: picture("models") });

  const inspected = await open("一次回答的全过程", { viewport: { width: 1280, height: 720 } });
  await inspected.locator(".message").last().hover();
  await inspected.getByRole("button", { name: "更多" }).last().click();
  await inspected.getByRole("menuitem", { name: "检查卡片" }).click();
  await inspected.getByText('"schema"').waitFor();
  await inspected.screenshot({ path: picture("inspector") });

  const dark = await open("工具调用", { viewport: { width: 900, height: 640 }, colorScheme: "dark" });
  await dark.locator(".messages").evaluate((messages) => messages.scrollTo(0, 0));
  await dark.screenshot({ path: picture("gallery-dark") });

  const phone = await open("多个模型，多个智能体", { viewport: { width: 360, height: 660 } });
  await phone.locator(".card").nth(1).scrollIntoViewIfNeeded();
  await phone.screenshot({ path: picture("gallery-phone") });
  await gallery.close();
}

function picture(name: string): string {
  return join(root, `docs/images/${name}.png`);
}
