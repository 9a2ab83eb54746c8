import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const pages = globSync(["*.md", "{docs,packages,examples,test}/**/*.md"], {
  cwd: root,
  exclude: (path) => path.includes("node_modules"),
});

describe("given the documents", () => {
  it.each(pages)("names only files that there are: %s", (page) => {
    const text = readFileSync(join(root, page), "utf8");
    const named = [...text.matchAll(/`((?:packages|test|examples|docs)\/[\w./-]*\w\.\w+)`/g)].map(
      ([, path]) => path,
    );
    expect(named.filter((path) => path !== undefined && !existsSync(join(root, path)))).toEqual([]);
  });
});
