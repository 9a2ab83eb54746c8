import { readFile } from "node:fs/promises";

/** What a browser loads besides the document. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** Where the build puts them, in the folder of the built modules. */
export const pageFileNames = { script: "page/main.js", style: "page/main.css" } as const;

/** The page's files: from the build, or bundled now if the emulator runs from its sources. */
export async function loadPageFiles(): Promise<PageFiles> {
  if (import.meta.url.endsWith(".ts")) {
    const { bundlePage } = await import("./bundle-page.ts");
    return bundlePage();
  }
  const read = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), "utf8");
  return { script: await read(pageFileNames.script), style: await read(pageFileNames.style) };
}
