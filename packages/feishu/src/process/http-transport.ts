import type { Fetch } from "../api/fetch.ts";
import { createGuardedFetch } from "../images/guarded-fetch.ts";
import type { ImageFetch } from "../images/image-fetch.ts";

export interface Transport {
  readonly fetch: Fetch;
  /** Downloads images from public addresses; `undefined` in runtimes that cannot keep to these. */
  readonly imageFetch: ImageFetch | undefined;
  close(): Promise<void>;
}

/** Largest number of sockets to the platform, for the whole process. */
const MAX_CONNECTIONS = 64;

const USER_AGENT = "streamcard";

/** Makes a transport over HTTP with keep-alive. undici is loaded with the first request, so that importing the package is quick. */
export function createTransport(): Transport {
  let loaded: Promise<Omit<Transport, "imageFetch">> | undefined;
  const load = async (): Promise<Omit<Transport, "imageFetch">> => {
    const { Agent, request } = await import("undici");
    const agent = new Agent({ connections: MAX_CONNECTIONS, keepAliveTimeout: 60_000, allowH2: false });
    return {
      // `request` in place of `fetch`, because answers are short and read whole, and streams would cost more than all else.
      async fetch(url, { method, headers, body, signal }) {
        const answer = await request(url, {
          method,
          headers: { "user-agent": USER_AGENT, ...headers },
          body: body ?? null,
          signal,
          dispatcher: agent,
        });
        return {
          status: answer.statusCode,
          headers: { get: (name) => [answer.headers[name.toLowerCase()]].flat()[0] ?? null },
          text: () => answer.body.text(),
        };
      },
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
