/** Reads a variable of the process's environment. Not called at import, because builds load our modules without it. */
export function readEnv(name: string): string | undefined {
  const value = globalThis.process?.env?.[name]?.trim();
  return value === "" ? undefined : value;
}
