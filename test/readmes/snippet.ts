/** Program of a README: one of its blocks of TypeScript. */
export interface Snippet {
  readonly code: string;
  /** Line of the README on which the code begins, from 1 on. */
  readonly line: number;
}

const BLOCK = /^```ts\n(.*?)^```$/gms;
const IMPORT = /^import \{([^}]*)\} from ("[^"]+");.*$/gm;
const DECLARATION = /^declare const (\w+): [^;]+;/gm;

/** Finds the programs of a README. */
export function snippetsIn(readme: string): readonly Snippet[] {
  return [...readme.matchAll(BLOCK)].map(({ 1: code = "", index }) => ({
    code,
    line: readme.slice(0, index).split("\n").length + 1,
  }));
}

/** Reads the imports of a program: the module of each name. */
export function importsOf({ code }: Snippet): ReadonlyMap<string, string> {
  const names = [...code.matchAll(IMPORT)].flatMap(([, list = "", module = ""]) =>
    list.split(",").map((name) => [name.trim(), module] as const),
  );
  return new Map(names);
}

/**
 * Makes a module of a program. Its first line has the imports and what the program only declares; the lines of the
 * program follow, as the body of an async function, in which a name of its own hides an imported one.
 */
export function moduleOf({ code }: Snippet, imports: ReadonlyMap<string, string>): string {
  const declarations = [...code.matchAll(DECLARATION)];
  const declared = new Set(declarations.map(([, name]) => name));
  const head = [...imports]
    .filter(([name]) => !declared.has(name))
    .map(([name, module]) => `import { ${name} } from ${module};`)
    .concat(declarations.map(([text]) => text));
  const body = code
    .replace(IMPORT, blank)
    .replace(DECLARATION, blank)
    .replace(/^export /gm, "");
  return `${head.join(" ")} export async function snippet() {\n${body}}\n`;
}

/** Keeps the line breaks of a text alone, so that the lines after it keep their numbers. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, "");
}

/** Converts a line of a program's module to that of the README; the line of the imports to that before the program. */
export function readmeLine({ line }: Snippet, moduleLine: number): number {
  return line + moduleLine - 2;
}
