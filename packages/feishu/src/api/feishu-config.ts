import { InvalidOptionError } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";
import { checkOption, type Expected, withinTime } from "@streamcard/core/internal";
import { readEnv } from "./env.ts";
import { FeishuConfigError, FeishuTransportError } from "./feishu-error.ts";
import { limits } from "./limits.ts";
import type { Credentials, TokenSource } from "./tenant-access-token.ts";

/** The part of the official SDK's client that can stand in for credentials. */
export interface LarkClientLike {
  readonly appId?: unknown;
  readonly appSecret?: unknown;
  readonly domain?: unknown;
  readonly tokenManager?: unknown;
}

/** Credentials of an app, and the platform that it belongs to. */
export interface FeishuConfigOptions {
  /** Id of the app (`cli_…`). @defaultValue the environment's `FEISHU_APP_ID` */
  appId?: string;
  /** Secret of the app. @defaultValue the environment's `FEISHU_APP_SECRET` */
  appSecret?: string;
  /**
   * `"feishu"` (China), `"lark"` (international), or the URL of either behind a proxy.
   * @defaultValue the environment's `FEISHU_DOMAIN`, else `"feishu"`
   */
  domain?: string;
  /** `Client` of the official SDK (`@larksuiteoapi/node-sdk`), in place of credentials and domain. @defaultValue none */
  client?: LarkClientLike;
}

export interface FeishuConfig {
  readonly domain: string;
  readonly appId: string;
  /** Credentials of the app, or the official client's tokens where the client does not hold its secret. */
  readonly access: Credentials | TokenSource;
}

const domains: Readonly<Record<string, string>> = {
  feishu: "https://open.feishu.cn",
  lark: "https://open.larksuite.com",
};

const aDomain: Expected = {
  words: ['"feishu"', '"lark"', "an http(s) URL"],
  accepts: (value) => typeof value === "string" && domainUrl(value) !== undefined,
};

/** Checks what can be checked without the environment. @throws {InvalidOptionError} */
export function checkConfigOptions({ domain, client, appId, appSecret }: FeishuConfigOptions): void {
  checkOption("domain", domain, aDomain);
  if (client === undefined) return;
  if (appId !== undefined || appSecret !== undefined) {
    throw new InvalidOptionError("Give either client or appId and appSecret, received both.");
  }
  if (typeof client.domain !== "string" || lentTokens(client) === undefined) {
    throw new InvalidOptionError(
      "client must be a Client of @larksuiteoapi/node-sdk, received an object without its domain and tokenManager.",
    );
  }
}

/** @throws {FeishuConfigError} when credentials are missing, or the environment's domain is none. */
export function resolveConfig(options: FeishuConfigOptions): FeishuConfig {
  const { client } = options;
  if (client !== undefined) {
    const domain = domainUrl(options.domain ?? String(client.domain)) ?? "";
    const { appId, appSecret } = client;
    if (typeof appId === "string" && typeof appSecret === "string" && appSecret !== "") {
      return { domain, appId, access: { appId, appSecret } };
    }
    const access = lentTokens(client);
    if (access !== undefined) return { domain, appId: String(appId), access };
  }
  const appId = options.appId ?? readEnv("FEISHU_APP_ID");
  const appSecret = options.appSecret ?? readEnv("FEISHU_APP_SECRET");
  const missing = [...(appId ? [] : ["FEISHU_APP_ID"]), ...(appSecret ? [] : ["FEISHU_APP_SECRET"])];
  if (!appId || !appSecret) {
    throw new FeishuConfigError(
      `The Feishu credentials are missing: set ${missing.join(" and ")}, or give appId and appSecret to createFeishu(). ` +
        "They are on the app's page at https://open.feishu.cn/app under Credentials.",
    );
  }
  const named = options.domain ?? readEnv("FEISHU_DOMAIN") ?? "feishu";
  const domain = domainUrl(named);
  if (domain === undefined) {
    throw new FeishuConfigError(
      `FEISHU_DOMAIN must be "feishu", "lark" or an http(s) URL, received ${JSON.stringify(named)}.`,
    );
  }
  return { domain, appId, access: { appId, appSecret } };
}

function domainUrl(domain: string): string | undefined {
  const named = domains[domain];
  if (named !== undefined) return named;
  try {
    const url = new URL(domain);
    if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
    return url.href.replace(/\/+$/, "");
  } catch {
    return undefined;
  }
}

/** Makes a source of the tokens of an official client, which keeps and renews them by itself. */
function lentTokens({ tokenManager }: LarkClientLike): TokenSource | undefined {
  if (typeof tokenManager !== "object" || tokenManager === null) return undefined;
  const manager = tokenManager as { getTenantAccessToken?: (params: object) => Promise<unknown> };
  if (typeof manager.getTenantAccessToken !== "function") return undefined;
  return {
    async token() {
      const asked = async () => manager.getTenantAccessToken?.({});
      const token = await withinTime(systemClock, limits.requestMs, asked).catch(lentTokenError);
      if (typeof token === "string" && token !== "") return token;
      throw lentTokenError();
    },
    reject() {},
  };
}

/** Throws without the client's own error, which may hold the request and with it the app's secret. */
function lentTokenError(error?: unknown): never {
  const name = error instanceof Error ? ` (${error.name})` : "";
  throw new FeishuTransportError({
    attempt: "Asking the official client for a tenant access token",
    reason: `it gave none${name}`,
    mayHaveArrived: false,
    advice: "Check the client's credentials.",
  });
}
