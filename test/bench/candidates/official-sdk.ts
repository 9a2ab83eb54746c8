import { createLarkChannel, type HttpInstance, type LarkChannel } from "@larksuiteoapi/node-sdk";
import type { Candidate, Platform } from "./candidate.ts";

const ignore = () => {};
const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore };

/** Channels by platform, as an app has one for all of its cards. */
const channels = new WeakMap<Platform, LarkChannel>();

/** The official SDK's `channel.stream` with its defaults. */
export const officialSdk: Candidate = {
  name: "official SDK",
  async stream(tokens, platform) {
    const channel = channels.get(platform) ?? openChannel(platform);
    channels.set(platform, channel);
    const markdown = async (card: { append(text: string): Promise<void> }) => {
      for await (const token of tokens) await card.append(token);
    };
    await channel.stream(platform.chatId, { markdown }).catch(ignore);
  },
};

function openChannel({ credentials, domain, fetch }: Platform): LarkChannel {
  return createLarkChannel({
    ...credentials,
    domain,
    logger,
    transport: "webhook",
    cache: createCache(),
    ...(fetch !== undefined && { httpInstance: httpInstanceOver(fetch) }),
  });
}

/** Makes a cache for one platform, because the SDK's own is shared by the process. */
function createCache() {
  const values = new Map<unknown, unknown>();
  return {
    get: async (key: unknown) => values.get(key),
    set: async (key: unknown, value: unknown) => {
      values.set(key, value);
      return true;
    },
  };
}

/** Makes the SDK's HTTP client for virtual time: reads JSON answers as its axios does, over another `fetch`. */
function httpInstanceOver(fetch: typeof globalThis.fetch): HttpInstance {
  const request: HttpInstance["request"] = async ({ url = "", method = "GET", headers, params, data }) => {
    const query = new URLSearchParams(params as Record<string, string> | undefined);
    const response = await fetch(`${url}?${query}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(data !== undefined && { body: JSON.stringify(data) }),
    });
    const body = parse(await response.text());
    if (response.ok) return body;
    const { status } = response;
    throw Object.assign(new Error(`Request failed with status code ${status}`), {
      response: { status, headers: Object.fromEntries(response.headers), data: body },
    });
  };
  return {
    request,
    get: (url, options) => request({ ...options, url, method: "GET" }),
    delete: (url, options) => request({ ...options, url, method: "DELETE" }),
    head: (url, options) => request({ ...options, url, method: "HEAD" }),
    options: (url, options) => request({ ...options, url, method: "OPTIONS" }),
    post: (url, data, options) => request({ ...options, url, data, method: "POST" }),
    put: (url, data, options) => request({ ...options, url, data, method: "PUT" }),
    patch: (url, data, options) => request({ ...options, url, data, method: "PATCH" }),
  };
}

/** Parses an answer as axios does: text that is no JSON stays text. */
function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
