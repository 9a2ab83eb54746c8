import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../packages/emulator/src/testing/find-chromium.ts";

const executablePath = findChromium();

/** True if no Chromium was found, so that tests in a browser are skipped. */
export const isBrowserMissing = executablePath === undefined;

/** Words for the title of a suite that is skipped without a browser. */
export const inBrowser = isBrowserMissing
  ? "in a browser (needs Chromium; CHROMIUM_PATH can name it)"
  : "in a browser";

export function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: executablePath ?? "",
    args: ["--disable-gpu", "--disable-background-networking", ...(isRoot ? ["--no-sandbox"] : [])],
  });
}
