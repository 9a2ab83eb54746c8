import { vi } from "vitest";

// Files of a package share a process, which is four times as fast as one process for each: start each file with the
// globals of a new one. What a process has one of, such as the connections of `@streamcard/feishu`, stands behind symbols.
vi.restoreAllMocks();
vi.unstubAllEnvs();
vi.useRealTimers();
for (const key of Object.getOwnPropertySymbols(globalThis)) {
  if (Symbol.keyFor(key)?.startsWith("streamcard.")) Reflect.deleteProperty(globalThis, key);
}
