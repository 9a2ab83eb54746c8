/** The process's environment, read when it is needed and never at import: builds load our modules without it. */
export function readEnv(name: string): string | undefined {
  const value = globalThis.process?.env?.[name]?.trim();
  return value === "" ? undefined : value;
}
