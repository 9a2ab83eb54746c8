import { mkdir, readFile, writeFile } from "node:fs/promises";
import { defineConfig } from "tsup";
import { bundlePage } from "./src/page-server/bundle-page.ts";
import { pageFileNames } from "./src/page-server/page-files.ts";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  format: ["esm"],
  dts: true,
  clean: true,
  sourcemap: true,
  target: "node22",
  // Only what runs from the sources bundles the page; what is built has it in its files.
  external: ["esbuild"],
  onSuccess: async () => {
    const { script, style } = await bundlePage();
    await mkdir("dist/page", { recursive: true });
    await writeFile(`dist/${pageFileNames.script}`, script);
    await writeFile(`dist/${pageFileNames.style}`, style);
    const licenses = ["preact", "marked", "@speed-highlight/core"].map((name) =>
      readFile(`node_modules/${name}/LICENSE`, "utf8"),
    );
    await writeFile("dist/page/LICENSES.txt", (await Promise.all(licenses)).join("\n\n"));
  },
});
