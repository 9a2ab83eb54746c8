import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "../packages/emulator/src/testing/find-chromium.ts";

/** Takes the READMEs' picture of the demo: an answer in the middle of being typed. */
const root = join(import.meta.dirname, "..");
const executablePath = findChromium();
if (executablePath === undefined)
  throw new Error("No Chromium was found. CHROMIUM_PATH can say where one is.");

const demo = spawn(process.execPath, [join(root, "examples/demo/main.ts")]);
const [greeting] = await once(demo.stdout, "data");
const url = /http:\/\/\S+/.exec(String(greeting))?.[0] ?? "";
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath, args });
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
await page.screenshot({ path: join(root, "docs/images/demo.png") });
await browser.close();
demo.kill();
