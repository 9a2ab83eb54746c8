/** Program of a README: one of its blocks of TypeScript. */
export interface Snippet {
  readonly code: string;
  /** Line of the README on which the code begins, from 1 on. */
  readonly line: number;
}

const BLOCK = /^```ts\n(.*?)^```$/gms;
const IMPORT = /^import \{([^}]*)\} from ("[^"]+");.*$/gm;

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
 * Makes a module of a program. Its first line imports names; the lines of the program follow, as the body of an async
 * function, in which what the program declares hides an imported name.
 */
export function moduleOf({ code }: Snippet, imports: ReadonlyMap<string, string>): string {
  const head = [...imports].map(([name, module]) => `import { ${name} } from ${module};`).join(" ");
  const body = code.replace(IMPORT, (text) => text.replace(/[^\n]/g, "")).replace(/^export /gm, "");
  return `${head} export async function snippet() {\n${body}}\n`;
}

/** Converts a line of a program's module to that of the README; the line of the imports to that before the program. */
export function readmeLine({ line }: Snippet, moduleLine: number): number {
  return line + moduleLine - 2;
}
