import { hash } from "node:crypto";
import { PlatformError } from "../rules/platform-error.ts";
import type { App } from "./app.ts";

const LIFETIME_MS = 7200 * 1000;
const RENEWAL_MS = 30 * 60 * 1000;
const TOKEN = /^t-g([0-9a-f]{4})([0-9a-f]{12})[0-9a-f]{24}$/;

interface IssuedToken {
  token: string;
  /** Seconds until the token expires. */
  expire: number;
}

/** Tenant access tokens of all apps. See https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal */
export interface TokenStore {
  /** Issues an app's newest token, or a new one when that is valid for less than 30 minutes. */
  issue(app: App, now: number): IssuedToken;
  /** Finds the app of an `Authorization` header. @throws {PlatformError} when the header has no token that is valid now, or the app is not in use. */
  appOf(authorization: string | null, now: number): App;
  /** Makes every token invalid at once, as a rotated secret does. */
  revokeAll(): void;
}

export function createTokenStore(apps: readonly App[]): TokenStore {
  const newest = new Map<App, Token>();
  const verified = new Map<string, Token>();
  let generation = 0;

  // Checks a token by its own content and not by a list of issued ones, because clients cache tokens by app id for as long
  // as their process lives: a token must be valid at every emulator with the same app, and not only at the one that issued it.
  const verify = (text: string): Token | undefined => {
    const known = verified.get(text);
    if (known !== undefined) return known;
    const [, ofGeneration = "", issuedAt = ""] = TOKEN.exec(text) ?? [];
    const app = apps.find((candidate) => text === tokenText(candidate, ofGeneration, issuedAt));
    if (app === undefined) return undefined;
    const token = {
      app,
      generation: Number.parseInt(ofGeneration, 16),
      issuedAt: Number.parseInt(issuedAt, 16),
    };
    verified.set(text, token);
    return token;
  };

  return {
    issue: (app, now) => {
      const issuedAt = Math.floor(now);
      const current = newest.get(app);
      const isGood =
        current?.generation === generation && current.issuedAt + LIFETIME_MS - issuedAt >= RENEWAL_MS;
      const token = isGood ? current : { app, generation, issuedAt };
      newest.set(app, token);
      const text = tokenText(app, hex(token.generation, 4), hex(token.issuedAt, 12));
      return { token: text, expire: Math.floor((token.issuedAt + LIFETIME_MS - issuedAt) / 1000) };
    },
    appOf: (authorization, now) => {
      const token = verify(textOf(authorization));
      const age = token === undefined ? Number.NaN : now - token.issuedAt;
      if (token === undefined || token.generation < generation || !(age >= 0 && age < LIFETIME_MS)) {
        throw new PlatformError({ code: 99991663, msg: "Invalid access token for authorization." });
      }
      if (!token.app.isEnabled) throw new PlatformError({ code: 99991662, msg: "app not in use" });
      return token.app;
    },
    revokeAll: () => {
      generation += 1;
    },
  };
}

interface Token {
  readonly app: App;
  readonly generation: number;
  readonly issuedAt: number;
}

function textOf(authorization: string | null): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined)
    throw new PlatformError({ code: 99991661, msg: "Missing access token for authorization." });
  if (token.startsWith("u-")) {
    throw new PlatformError({ code: 99991668, msg: "Invalid access token: user access token not support" });
  }
  if (!token.startsWith("t-")) {
    throw new PlatformError({ code: 99991671, msg: "Invalid access token: must start with t- or u-" });
  }
  return token;
}

function tokenText(app: App, generation: string, issuedAt: string): string {
  const signature = hash("sha1", `${app.appId} ${app.appSecret} ${generation} ${issuedAt}`).slice(0, 24);
  return `t-g${generation}${issuedAt}${signature}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
