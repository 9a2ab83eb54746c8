import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type BrowserContextOptions, chromium } from "playwright-core";
import { openGallery } from "../examples/gallery/gallery.ts";
import { findChromium } from "../packages/emulator/src/testing/find-chromium.ts";

/** Takes the pictures in the READMEs: the demo in the middle of an answer, and pages of the gallery. */
const root = join(import.meta.dirname, "..");
const executablePath = findChromium();
if (executablePath === undefined)
  throw new Error("No Chromium was found. CHROMIUM_PATH can say where one is.");
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath, args });

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
  const { emulator, chatIds } = await openGallery();
  const open = async (chapter: string, options: BrowserContextOptions) => {
    const page = await browser.newPage({ locale: "zh-CN", ...options });
    await page.goto(`${emulator.url}/#${chatIds.get(chapter)}`);
    await page.locator(".card").first().waitFor();
    await page.locator(".messages").evaluate((messages) => messages.scrollTo(0, 0));
    return page;
  };
  const wide = { width: 1280, height: 720 };

  const inspected = await open("Agent 的一次运行", { viewport: wide, colorScheme: "light" });
  await inspected.locator(".message").first().hover();
  await inspected.getByRole("button", { name: "更多" }).first().click();
  await inspected.getByRole("menuitem", { name: "检查卡片" }).click();
  await inspected.getByText('"schema"').waitFor();
  await inspected.screenshot({ path: picture("inspector") });

  const dark = await open("按钮与选择", { viewport: { width: 900, height: 640 }, colorScheme: "dark" });
  await dark.screenshot({ path: picture("gallery-dark") });

  const phone = await open("分栏与折叠面板", { viewport: { width: 360, height: 660 }, colorScheme: "light" });
  await phone.screenshot({ path: picture("gallery-phone") });
  await emulator.close();
}

function picture(name: string): string {
  return join(root, `docs/images/${name}.png`);
}
