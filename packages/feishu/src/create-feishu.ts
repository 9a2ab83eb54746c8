import { CardStream, type Clock, type Logger, systemClock } from "@streamcard/core";
import { v4 as uuidv4 } from "uuid";
import { createFeishuDriver } from "./create-feishu-driver.ts";
import { FeishuApi } from "./feishu-api.ts";
import { type FeishuCardOptions, readTarget } from "./feishu-card-options.ts";
import type { FeishuClientOptions, FeishuRequest } from "./feishu-client.ts";
import { checkConfigOptions, type FeishuConfigOptions, resolveConfig } from "./feishu-config.ts";
import type { Fetch } from "./http-transport.ts";
import { finalizeOnSignal } from "./process-signals.ts";
import { sharedState } from "./shared-state.ts";
import { type Credentials, TenantAccessToken, type TokenSource } from "./tenant-access-token.ts";

export interface FeishuOptions extends FeishuConfigOptions {
  /** @defaultValue undici's, with sockets that stay open */
  fetch?: Fetch;
  logger?: Logger;
  /** @defaultValue the system's clock */
  clock?: Clock;
  /**
   * Finalizes open cards when the process gets SIGTERM, SIGINT or SIGHUP.
   * @defaultValue true
   */
  handleSignals?: boolean;
}

/** A Feishu app: makes cards. */
export interface Feishu {
  /**
   * A new card. It opens at once, in parallel with whatever produces its text.
   *
   * @throws {InvalidOptionError} when an option can never work.
   * @throws {FeishuConfigError} when credentials are missing.
   */
  card(options: FeishuCardOptions): CardStream;
  /**
   * One request to the platform with the app's token, for the APIs that have no method here.
   *
   * @returns the fields of the answer, `data` among them.
   * @throws {FeishuConfigError} when credentials are missing.
   * @throws {FeishuApiError | FeishuTransportError} when the platform refuses, or does not answer.
   */
  call(request: Omit<FeishuRequest, "token">): Promise<Readonly<Record<string, unknown>>>;
  /** Finalizes the cards that are open, then lets go of the sockets. */
  close(): Promise<void>;
}

/**
 * A Feishu (Lark) app. Reads its credentials from the environment unless they are given, and not before its first card.
 *
 * @throws {InvalidOptionError} when an option can never work.
 * @example
 * const feishu = createFeishu();
 * await result.fullStream.pipeTo(feishu.card({ to: "oc_…" }));
 */
export function createFeishu(options: FeishuOptions = {}): Feishu {
  checkConfigOptions(options);
  const open = new Set<CardStream>();
  let access: { client: FeishuClientOptions; tokens: TokenSource } | undefined;
  return {
    card(cardOptions) {
      const target = readTarget(cardOptions);
      access ??= openAccess(options);
      const api = new FeishuApi(access.client, access.tokens);
      const driver = createFeishuDriver(api, { ...cardOptions, target });
      const logger = cardOptions.logger ?? options.logger;
      const { clock } = access.client;
      const card = new CardStream({ ...cardOptions, driver, clock, ...(logger !== undefined && { logger }) });
      open.add(card);
      const { runId = uuidv4(), askedBy } = cardOptions;
      sharedState().runs.add({ runId, askedBy, replyTo: cardOptions.replyTo }, card);
      void card.result.then(() => open.delete(card));
      if (options.handleSignals ?? true) finalizeOnSignal(card);
      return card;
    },
    async call(request) {
      access ??= openAccess(options);
      return new FeishuApi(access.client, access.tokens).call(request);
    },
    async close() {
      await Promise.all([...open].map((card) => card.stop()));
      if (options.fetch === undefined) await sharedState().transport.close();
    },
  };
}

function openAccess(options: FeishuOptions): { client: FeishuClientOptions; tokens: TokenSource } {
  const { domain, access } = resolveConfig(options);
  const { clock = systemClock } = options;
  const client: FeishuClientOptions = {
    domain,
    clock,
    fetch: options.fetch ?? sharedState().transport.fetch,
  };
  if ("token" in access) return { client, tokens: access };
  // A client with its own fetch or clock lives in a world of its own: its tokens are nobody else's.
  const isShared = options.fetch === undefined && options.clock === undefined;
  return { client, tokens: isShared ? sharedTokens(client, access) : new TenantAccessToken(client, access) };
}

function sharedTokens(client: FeishuClientOptions, credentials: Credentials): TenantAccessToken {
  const { tokens } = sharedState();
  const key = JSON.stringify([client.domain, credentials.appId, credentials.appSecret]);
  const known = tokens.get(key) ?? new TenantAccessToken(client, credentials);
  tokens.set(key, known);
  return known;
}
