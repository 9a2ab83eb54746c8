import type { Transport } from "./http-transport.ts";

/** Makes a transport over the runtime's own `fetch`, for edge runtimes, which have no sockets. */
export function createTransport(): Transport {
  return {
    // Looked up at each call, because a runtime may replace it after this module was loaded.
    fetch: (url, init) => globalThis.fetch(url, init),
    imageFetch: undefined,
    close: async () => {},
  };
}
