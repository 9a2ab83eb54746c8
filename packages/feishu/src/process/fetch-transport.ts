import type { Transport } from "./http-transport.ts";

/** HTTP by the runtime's own `fetch`: what edge runtimes have in place of sockets. */
export function createTransport(): Transport {
  return {
    // Looked up at each call, so that a runtime may put its own in place after we were loaded.
    fetch: (url, init) => globalThis.fetch(url, init),
    imageFetch: undefined,
    close: async () => {},
  };
}
