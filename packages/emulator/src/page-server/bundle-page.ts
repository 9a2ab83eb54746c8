import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { PageFiles } from "./page-files.ts";

const NOTICE = "/*! Contains Preact and Marked (MIT) and Speed Highlight (CC0): see LICENSES.txt. */";

/** Bundles the sources of the page for a browser. */
export async function bundlePage(): Promise<PageFiles> {
  const source = (name: string): string => fileURLToPath(new URL(`../page/${name}`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [
      { in: source("main.ts"), out: "main" },
      { in: source("styles/main.css"), out: "main" },
    ],
    bundle: true,
    minify: true,
    write: false,
    outdir: "/",
    format: "esm",
    target: "es2022",
    banner: { js: NOTICE },
    legalComments: "none",
    logLevel: "silent",
  });
  const text = (extension: string): string => {
    const file = outputFiles.find(({ path }) => path.endsWith(extension));
    if (file === undefined) throw new Error(`The page's bundle has no ${extension} file.`);
    return file.text;
  };
  return { script: text(".js"), style: text(".css") };
}
