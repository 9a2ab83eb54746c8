import { callFeishu, type FeishuClientOptions, type Meter, stringOf } from "./feishu-client.ts";
import { FeishuTransportError } from "./feishu-error.ts";
import { limits } from "./limits.ts";

/** Time before a token's end from which on it is renewed in the background, in milliseconds. */
const RENEW_MS = 10 * 60_000;

/** Time before a token's end from which on calls wait for the new one, in milliseconds. */
const LAST_MOMENT_MS = 60_000;

export interface TokenSource {
  /** Gives a token that is valid now. */
  token(meter?: Meter): Promise<string>;
  /** Forgets a token that the platform refused. */
  reject(token: string): void;
}

export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
}

interface Held {
  readonly token: string;
  readonly expiresAt: number;
}

/**
 * Source of the app's token for its tenant. Calls at once share one request, and a token is renewed ahead of its end.
 *
 * @see https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal
 */
export class TenantAccessToken implements TokenSource {
  readonly #client: FeishuClientOptions;
  readonly #credentials: Credentials;
  #held: Held | undefined;
  #pending: Promise<Held> | undefined;

  constructor(client: FeishuClientOptions, credentials: Credentials) {
    this.#client = client;
    this.#credentials = credentials;
  }

  async token(meter?: Meter): Promise<string> {
    const held = this.#held;
    const leftMs = held === undefined ? 0 : held.expiresAt - this.#client.clock.now();
    if (held === undefined || leftMs <= LAST_MOMENT_MS) return (await this.#renew(meter)).token;
    // The token at hand still works, so a failure here is not reported.
    if (leftMs <= RENEW_MS) this.#renew(meter).catch(() => {});
    return held.token;
  }

  reject(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  #renew(meter: Meter | undefined): Promise<Held> {
    this.#pending ??= fetchToken(this.#client, this.#credentials, meter)
      .then((held) => {
        this.#held = held;
        return held;
      })
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }
}

async function fetchToken(
  client: FeishuClientOptions,
  { appId, appSecret }: Credentials,
  meter?: Meter,
): Promise<Held> {
  const attempt = "Fetching the tenant access token";
  const answer = await callFeishu(
    client,
    {
      attempt,
      method: "POST",
      path: "/open-apis/auth/v3/tenant_access_token/internal",
      body: { app_id: appId, app_secret: appSecret },
      changesNothing: true,
      limitMs: limits.tokenRequestMs,
    },
    meter,
  );
  const token = stringOf(answer.tenant_access_token);
  const seconds = Number(answer.expire);
  if (token === undefined || !Number.isFinite(seconds)) {
    throw new FeishuTransportError({
      attempt,
      reason: "the answer holds no token",
      mayHaveArrived: false,
      isRetryable: false,
      advice: "Check the domain, and any proxy in between.",
    });
  }
  return { token, expiresAt: client.clock.now() + seconds * 1000 };
}
