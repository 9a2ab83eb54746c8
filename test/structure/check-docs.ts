import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { missingDocs } from "./missing-docs.ts";
import { SourceFiles } from "./source-files.ts";

/** Entries without a promise, or for tests. */
const isPublic = (entry: string) => !/\/internal\.ts$|\/testing\//.test(entry);

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const entries = new Map(
  globSync("packages/*/package.json", { cwd: root }).flatMap((path) => {
    const { name, exports } = JSON.parse(read(path)) as { name: string; exports: Record<string, string> };
    return Object.entries(exports)
      .filter(([, file]) => file.endsWith(".ts"))
      .map(([subpath, file]) => [join(name, subpath), join(dirname(path), file)] as const);
  }),
);

const missing = missingDocs(new SourceFiles(read, entries), [...entries.values()].filter(isPublic));
for (const { path, line, name, lack } of missing) console.error(`${path}:${line} ${name}: ${lack}`);
if (missing.length > 0) {
  console.error(`${missing.length} docstrings lack something. CONTRIBUTING.md says what they hold.`);
  process.exitCode = 1;
}
