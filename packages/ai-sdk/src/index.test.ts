import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Lists the packages that a module imports, itself or by its own files. */
function packagesOf(module: URL, seen = new Set<string>()): string[] {
  if (seen.has(module.href)) return [];
  seen.add(module.href);
  const imports = readFileSync(module, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g);
  return [...imports].flatMap(([, name = ""]) =>
    name.startsWith(".") ? packagesOf(new URL(name, module), seen) : [name],
  );
}

describe("given an app without the AI SDK, or with any version of it", () => {
  it("can load the root entry, which imports nothing of it, not even types", () => {
    const packages = packagesOf(new URL("./index.ts", import.meta.url));
    expect([...new Set(packages)].toSorted()).toEqual([
      "@streamcard/core",
      "@streamcard/core/internal",
      "@streamcard/feishu",
    ]);
  });
});

describe("given an app with cards of another platform than Feishu", () => {
  it("can load the entry ./card, which imports nothing of Feishu, not even types", () => {
    const packages = packagesOf(new URL("./card.ts", import.meta.url));
    expect([...new Set(packages)].toSorted()).toEqual(["@streamcard/core", "@streamcard/core/internal"]);
  });
});
