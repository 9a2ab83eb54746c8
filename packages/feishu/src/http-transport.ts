import { createGuardedFetch } from "./images/guarded-fetch.ts";
import type { ImageFetch } from "./images/image-fetch.ts";

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>;

interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
}

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface Transport {
  readonly fetch: Fetch;
  /** Downloads images from public addresses; `undefined` where that cannot be made sure of. */
  readonly imageFetch: ImageFetch | undefined;
  close(): Promise<void>;
}

/** Sockets that are kept open to the platform, for the whole process. */
const CONNECTIONS = 64;

/** HTTP with keep-alive. Loaded at the first request, so that importing the package costs nothing. */
export function createTransport(): Transport {
  let loaded: Promise<Omit<Transport, "imageFetch">> | undefined;
  const load = async (): Promise<Omit<Transport, "imageFetch">> => {
    const { Agent, fetch } = await import("undici");
    const agent = new Agent({ connections: CONNECTIONS, keepAliveTimeout: 60_000, allowH2: false });
    return {
      fetch: (url, init) => fetch(url, { ...init, dispatcher: agent }),
      close: () => agent.close(),
    };
  };
  return {
    imageFetch: createGuardedFetch(),
    async fetch(url, init) {
      loaded ??= load();
      return (await loaded).fetch(url, init);
    },
    async close() {
      const open = await loaded;
      loaded = undefined;
      await open?.close();
    },
  };
}
