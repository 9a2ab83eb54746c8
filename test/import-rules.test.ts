import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** What each package may import of ours. The emulator is the other side of the wire and shares none of our readings. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  bot: ["@streamcard/core"],
  feishu: ["@streamcard/core", "@streamcard/bot"],
  "ai-sdk": ["@streamcard/core", "@streamcard/feishu"],
  langchain: ["@streamcard/core", "@streamcard/feishu"],
  emulator: [],
};

/**
 * Folders of a package, top to bottom: a folder imports from those below it alone, types included. Folders on one
 * floor know nothing of each other. "." is the files beside the folders, the entries aside.
 */
const layers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  core: [
    ["testing"],
    ["terminal"],
    ["pipe"],
    ["card"],
    ["pages"],
    ["view", "writes", "sources"],
    ["run"],
    ["contract"],
    ["markdown"],
    ["retention"],
    ["."],
  ],
  bot: [["testing"], ["."], ["clicks"], ["messages"], ["history"], ["platform"]],
  langchain: [["feishu"], ["handler"], ["runs"], ["."]],
  emulator: [["."], ["feishu"], ["http", "page-server", "page"], ["exchange"], ["page-protocol"], ["ground"]],
  feishu: [
    ["long-connection"],
    ["webhook"],
    ["doctor"],
    ["."],
    ["driver", "process"],
    ["json", "images"],
    ["api"],
  ],
};

/** Files that only export what others define; they may see every folder. */
const entries = new Set(["index.ts", "card.ts", "driver.ts", "internal.ts"]);

interface Import {
  readonly from: string;
  readonly to: string;
  /** Types are gone at run time. */
  readonly isType: boolean;
}

const imports = globSync("packages/*/src/**/*.ts", { cwd: root })
  .filter((path) => !isTest(path))
  .flatMap((path) => importsOf(path));

function importsOf(path: string): Import[] {
  const source = readFileSync(join(root, path), "utf8");
  const pattern =
    /^(?:import|export)\s+(type\s+)?(?:[^;"']*?\sfrom\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/gm;
  return [...source.matchAll(pattern)].map(([statement, type, statically, dynamically]) => ({
    from: path,
    to: statically ?? dynamically ?? "",
    isType: type !== undefined || isTypesOnly(statement),
  }));
}

/** `import { type A, type B } from …` */
function isTypesOnly(statement: string): boolean {
  const names = /\{([^}]*)\}/.exec(statement)?.[1];
  return names?.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type ")) ?? false;
}

function isTest(path: string): boolean {
  return (
    /\.test(-d)?\.ts$|\/testing\/|-arbitrary\.ts$|parse-markdown\.ts$|in-virtual-time\.ts$/.test(path) &&
    !path.startsWith("packages/core/src/testing/")
  );
}

function packageOf(path: string): string {
  return path.split("/")[1] ?? "";
}

describe("given the packages", () => {
  it("finds their imports", () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(new Set(imports.map(({ from }) => packageOf(from)))).toEqual(new Set(Object.keys(allowed)));
  });

  it("imports only what lies in the direction of core", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [, ours] = /^(@streamcard\/[^/]+)/.exec(to) ?? [];
      return ours !== undefined && !allowed[packageOf(from)]?.includes(ours);
    });
    expect(wrong).toEqual([]);
  });

  it("reaches into no other package's files", () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!to.startsWith(".")) return false;
      return packageOf(normalize(join(dirname(from), to))) !== packageOf(from);
    });
    expect(wrong).toEqual([]);
  });

  it("keeps Node's modules out of core", () => {
    expect(
      imports.filter(({ from, to }) => packageOf(from) === "core" && /^node:|^undici$/.test(to)),
    ).toEqual([]);
  });

  it("keeps the AI SDK out of the adapter's root entry", () => {
    const reached = reach("packages/ai-sdk/src/index.ts", { types: true });
    expect(imports.filter(({ from, to }) => reached.has(from) && /^ai\d?$|^@ai-sdk\//.test(to))).toEqual([]);
  });

  it("keeps LangChain out of its adapter, types included, so that one build serves all versions", () => {
    const reached = reach("packages/langchain/src/index.ts", { types: true });
    const foreign = imports.filter(({ from, to }) => reached.has(from) && !/^\.|^@streamcard\//.test(to));
    expect(reached.size).toBeGreaterThan(10);
    expect(foreign).toEqual([]);
  });

  it.each(["ai-sdk", "langchain"])(
    "keeps Feishu out of the entry ./card of %s, types included, so that it serves other platforms",
    (name) => {
      const reached = reach(`packages/${name}/src/card.ts`, { types: true });
      const ours = imports.filter(({ from, to }) => reached.has(from) && to.startsWith("@streamcard/"));
      expect(reached.size).toBeGreaterThan(4);
      expect(new Set(ours.map(({ to }) => to))).toEqual(
        new Set(["@streamcard/core", "@streamcard/core/internal"]),
      );
    },
  );

  it("loads undici with the first request, and not with the package", () => {
    const users = imports.filter(({ to }) => to === "undici").map(({ from }) => from);
    expect(users.sort()).toEqual([
      "packages/feishu/src/images/guarded-fetch.ts",
      "packages/feishu/src/process/http-transport.ts",
    ]);
    for (const user of users) {
      expect(readFileSync(join(root, user), "utf8")).toContain('import("undici")');
      expect(readFileSync(join(root, user), "utf8")).not.toContain('from "undici"');
    }
  });

  it("has no cycles between files, types included", () => {
    expect(findCycle()).toEqual([]);
  });

  it.each(Object.keys(layers))("imports downwards between the folders of %s, types included", (name) => {
    const floors = layers[name] ?? [];
    const floorOf = (folder: string) => floors.findIndex((floor) => floor.includes(folder));
    const between = imports
      .filter(({ from, to }) => packageOf(from) === name && to.startsWith("."))
      .map(({ from, to }) => ({ from, to: normalize(join(dirname(from), to)) }))
      .filter(({ from, to }) => !isEntry(from) && folderOf(from) !== folderOf(to));
    const folders = new Set(between.flatMap(({ from, to }) => [folderOf(from), folderOf(to)]));
    expect([...folders].filter((folder) => floorOf(folder) < 0)).toEqual([]);
    expect(between.filter(({ from, to }) => floorOf(folderOf(to)) <= floorOf(folderOf(from)))).toEqual([]);
  });
});

function folderOf(path: string): string {
  const [, , , folder, file] = path.split("/");
  return file === undefined ? "." : (folder ?? ".");
}

function isEntry(path: string): boolean {
  return folderOf(path) === "." && entries.has(basename(path));
}

function targets(from: string, { types }: { types: boolean }): string[] {
  return imports
    .filter((one) => one.from === from && one.to.startsWith(".") && (types || !one.isType))
    .map(({ to }) => normalize(join(dirname(from), to)));
}

function reach(entry: string, options: { types: boolean }, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const target of targets(entry, options)) reach(target, options, seen);
  return seen;
}

function findCycle(): string[] {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const target of targets(path, { types: true })) {
      const cycle = visit(target, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const { from } of imports) {
    const cycle = visit(from, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
