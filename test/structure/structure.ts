import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { measurePaths } from "./paths.ts";

const root = join(import.meta.dirname, "../..");
const paths = globSync("packages/*/src/**/*.ts", { cwd: root }).filter(
  (path) => !/\.test(-d)?\.ts$|\/testing\//.test(path),
);
const sources = new Map(
  paths.map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return [path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)] as const;
  }),
);

/** Names with a size each, for lists of the largest. */
type Sized = readonly [size: number, name: string];

const largest = (sizes: readonly Sized[], count = 5): string =>
  [...sizes]
    .sort(([one], [other]) => other - one)
    .slice(0, count)
    .map(([size, name]) => `${size} ${name}`)
    .join(", ");

function linesOf(node: ts.Node): number {
  const file = node.getSourceFile();
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  return lineAt(node.getEnd()) - lineAt(node.getStart()) + 1;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}

/** Imports of a file among the sources, types included. */
function targetsOf(path: string): string[] {
  const file = sources.get(path);
  return (file?.statements ?? []).flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const target = normalize(join(dirname(path), moduleSpecifier.text));
    return sources.has(target) ? [target] : [];
  });
}

/** Number of files on the longest chain of imports from each file. */
function longestChain(): number {
  const known = new Map<string, number>();
  const depth = (path: string, trail: ReadonlySet<string>): number => {
    const cached = known.get(path);
    if (cached !== undefined) return cached;
    const next = targetsOf(path).filter((target) => !trail.has(target));
    const deepest = Math.max(0, ...next.map((target) => depth(target, new Set([...trail, path]))));
    known.set(path, deepest + 1);
    return deepest + 1;
  };
  return Math.max(...paths.map((path) => depth(path, new Set())));
}

function exportsOf(path: string): number {
  const file = sources.get(path);
  return (file?.statements ?? []).reduce((sum, statement) => {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    return sum + (clause !== undefined && ts.isNamedExports(clause) ? clause.elements.length : 0);
  }, 0);
}

const functions: Sized[] = [];
const classes: Sized[] = [];
let docstrings = 0;
let riddles = 0;
for (const [path, file] of sources) {
  for (const [comment] of file.text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    docstrings += 1;
    if (/^\/\*\*[\s*]*(?:What|Who|Whether|By|Of|For|Where|How|When|Which)\b/.test(comment)) riddles += 1;
  }
  visit(file, (node) => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      functions.push([linesOf(node), `${node.name?.getText() ?? "(function)"} in ${path}`]);
    }
    if (ts.isClassDeclaration(node)) {
      const fields = node.members.filter(ts.isPropertyDeclaration).length;
      classes.push([fields, `${node.name?.text} in ${path}`]);
    }
  });
}
const files: Sized[] = [...sources].map(([path, file]) => [file.text.split("\n").length - 1, path]);
const entries = globSync("packages/*/src/{index,driver,internal,card}.ts", { cwd: root });

console.log(`files: ${files.length}, lines: ${files.reduce((sum, [lines]) => sum + lines, 0)}`);
console.log(`largest files: ${largest(files)}`);
console.log(`longest functions: ${largest(functions)}`);
console.log(`classes with the most fields: ${largest(classes, 8)}`);
console.log(`longest chain of imports, types included: ${longestChain()} files`);
console.log(`exports: ${entries.map((entry) => `${exportsOf(entry)} ${entry}`).join(", ")}`);
console.log(`docstrings: ${docstrings}, of which ${riddles} begin with a relative clause`);
for (const path of await measurePaths()) {
  console.log(`${path.name}: passes ${path.files.length} files, ${path.functions} functions`);
}
