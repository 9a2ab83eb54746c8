import { possibleActions } from "@streamcard/bot";
import { CardStream, type Clock, type Logger } from "@streamcard/core";
import { type CardDriver, systemClock } from "@streamcard/core/driver";
import { anObject, checkOption, oneOf, requireOption, TroubleReport } from "@streamcard/core/internal";
import type { ApiBudgets, Rate } from "./api/api-budgets.ts";
import { FeishuApi } from "./api/feishu-api.ts";
import type { FeishuClientOptions, FeishuRequest } from "./api/feishu-client.ts";
import { checkConfigOptions, type FeishuConfigOptions, resolveConfig } from "./api/feishu-config.ts";
import type { Fetch } from "./api/fetch.ts";
import type { TokenSource } from "./api/tenant-access-token.ts";
import type { CardTarget } from "./driver/card-message.ts";
import { createFeishuDriver } from "./driver/create-feishu-driver.ts";
import { randomId } from "./driver/random-id.ts";
import { type CardTemplate, createSlotDriver, type ExistingCard } from "./driver/slot-driver.ts";
import { type FeishuCardOptions, readGivenCard, readTarget } from "./feishu-card-options.ts";
import { CardImages } from "./images/card-images.ts";
import { readImageOptions } from "./images/image-options.ts";
import type { ImageStore } from "./images/image-store.ts";
import { AppState } from "./process/app-state.ts";
import { finalizeOnSignal, forgetOnSignal } from "./process/process-signals.ts";
import { sharedState } from "./process/shared-state.ts";

/** Options of a Feishu app. */
export interface FeishuOptions extends FeishuConfigOptions {
  /** Sends the requests to the platform. @defaultValue undici's, with sockets that stay open */
  fetch?: Fetch;
  /**
   * Takes the warnings of all cards that name no logger of their own.
   * @defaultValue `console`, one warning for each kind per process
   */
  logger?: Logger;
  /** Clock of all times and timers. @defaultValue the system's */
  clock?: Clock;
  /**
   * Finalizes open cards when the process gets SIGTERM, SIGINT or SIGHUP.
   * @defaultValue true
   */
  handleSignals?: boolean;
  /**
   * Rate limits of the app, per second and minute: `documented` keeps those of every API; `streaming-exempt` sets none
   * on a card's updates while it streams, as one page of the documents says. A limit that the platform answers holds
   * either way.
   * @defaultValue "documented"
   */
  rate?: Rate;
}

/** A Feishu (Lark) app, which makes cards. */
export interface Feishu {
  /**
   * Makes a card. It opens at once, in parallel with the run that produces its text.
   *
   * @throws {InvalidOptionError} when an option can never work.
   * @throws {FeishuConfigError} when credentials are missing.
   */
  card(options: FeishuCardOptions): CardStream;
  /**
   * Sends one request to the platform with the app's token, for the APIs that have no method here.
   *
   * @returns the fields of the answer, `data` among them.
   * @throws {FeishuConfigError} when credentials are missing.
   * @throws {FeishuApiError | FeishuTransportError} when the platform refuses, or does not answer.
   */
  call(request: Omit<FeishuRequest, "token">): Promise<Readonly<Record<string, unknown>>>;
  /** Stops and finalizes the cards that are open, then closes the sockets. */
  close(): Promise<void>;
}

/**
 * Makes a Feishu (Lark) app. Credentials that are not given are read from the environment at the first card.
 *
 * @throws {InvalidOptionError} when an option can never work.
 * @example
 * const feishu = createFeishu();
 * await result.fullStream.pipeTo(feishu.card({ to: "oc_…" }));
 */
export function createFeishu(options: FeishuOptions = {}): Feishu {
  requireOption("The options of createFeishu()", options, anObject);
  checkConfigOptions(options);
  checkOption("rate", options.rate, oneOf("documented", "streaming-exempt"));
  const open = new Set<CardStream>();
  let access: Access | undefined;
  return {
    card(cardOptions) {
      requireOption("The options of a card", cardOptions, anObject);
      const given = readGivenCard(cardOptions);
      const target = readTarget(cardOptions);
      const policy = readImageOptions(cardOptions.images, sharedState().transport.imageFetch);
      access ??= openAccess(options);
      const api = new FeishuApi(access.client, access.tokens, access.budgets);
      const { runId = randomId(), askedBy, replyTo } = cardOptions;
      const { actions = possibleActions(sharedState().clickListeners, replyTo ?? "") } = cardOptions;
      const logger = cardOptions.logger ?? options.logger;
      const report = new TroubleReport({ logger, onDeliveryError: cardOptions.onDeliveryError });
      const images = new CardImages({ api, policy, report, store: access.images });
      const driver = Object.assign(
        createDriver(api, { ...cardOptions, runId }, { given, target }),
        images.ofDriver(),
      );
      const { clock } = access.client;
      const card = new CardStream({
        ...cardOptions,
        actions,
        driver,
        clock,
        ...(logger !== undefined && { logger }),
      });
      open.add(card);
      const { runs } = sharedState();
      const run = { runId, askedBy, replyTo };
      runs.add(run, card);
      if (options.handleSignals ?? true) finalizeOnSignal(card);
      void card.result.then((result) => {
        open.delete(card);
        images.close();
        runs.settle(run, result);
        forgetOnSignal(card);
      });
      return card;
    },
    async call(request) {
      access ??= openAccess(options);
      return new FeishuApi(access.client, access.tokens, access.budgets).call({ ...request, api: "other" });
    },
    async close() {
      await Promise.all([...open].map((card) => card.stop()));
      if (options.fetch === undefined) await sharedState().transport.close();
    },
  };
}

interface Access {
  readonly client: FeishuClientOptions;
  readonly tokens: TokenSource;
  readonly budgets: ApiBudgets;
  readonly images: ImageStore;
}

interface Destination {
  readonly given: ExistingCard | CardTemplate | undefined;
  readonly target: CardTarget | undefined;
}

function createDriver(
  api: FeishuApi,
  options: FeishuCardOptions,
  { given, target }: Destination,
): CardDriver {
  if (given !== undefined) return createSlotDriver(api, { ...options, card: given, target });
  if (target === undefined) throw new Error("A card without a target is a given one.");
  return createFeishuDriver(api, { ...options, target });
}

function openAccess(options: FeishuOptions): Access {
  const { domain, appId, access } = resolveConfig(options);
  const { clock = systemClock, rate = "documented" } = options;
  const client: FeishuClientOptions = {
    domain,
    clock,
    fetch: options.fetch ?? sharedState().transport.fetch,
  };
  // A client with a fetch or a clock of its own shares no tokens and no limits with others.
  const isShared = options.fetch === undefined && options.clock === undefined;
  const app = isShared ? sharedApp(client, appId) : new AppState(client);
  const tokens = "token" in access ? access : app.tokens(access);
  return { client, tokens, budgets: app.budgets(rate), images: app.images };
}

function sharedApp(client: FeishuClientOptions, appId: string): AppState {
  const { apps } = sharedState();
  const key = JSON.stringify([client.domain, appId]);
  const known = apps.get(key) ?? new AppState(client);
  apps.set(key, known);
  return known;
}
