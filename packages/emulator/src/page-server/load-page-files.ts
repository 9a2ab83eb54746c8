import { readFile } from "node:fs/promises";
import { type PageFiles, pageFileNames } from "./page-files.ts";

/** Loads the page's files from the build, or bundles them if the emulator runs from its sources. */
export async function loadPageFiles(): Promise<PageFiles> {
  if (import.meta.url.endsWith(".ts")) {
    const { bundlePage } = await import("./bundle-page.ts");
    return bundlePage();
  }
  const read = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), "utf8");
  return { script: await read(pageFileNames.script), style: await read(pageFileNames.style) };
}
