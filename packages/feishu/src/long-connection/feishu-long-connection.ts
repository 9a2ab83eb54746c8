import { InvalidOptionError } from "@streamcard/core";
import { warnOnce } from "@streamcard/core/internal";
import { fieldsOf } from "../api/feishu-client.ts";
import { checkConfigOptions, type FeishuConfigOptions, resolveConfig } from "../api/feishu-config.ts";
import { FeishuConfigError } from "../api/feishu-error.ts";
import { createFeishu } from "../create-feishu.ts";
import { Inbound } from "../webhook/inbound.ts";
import type { InboundOptions } from "../webhook/inbound-options.ts";

/** Options of `feishuWebhook()` without its keys, because the connection itself proves that its other end is the platform. */
export interface FeishuLongConnectionOptions extends InboundOptions {
  /** Id of the app (`cli_…`). @defaultValue the environment's `FEISHU_APP_ID` */
  appId?: string;
  /** Secret of the app. @defaultValue the environment's `FEISHU_APP_SECRET` */
  appSecret?: string;
  /**
   * `"feishu"` (China), `"lark"` (international), or a URL.
   * @defaultValue the environment's `FEISHU_DOMAIN`, else `"feishu"`
   */
  domain?: string;
}

/** Connection over which an app receives messages and clicks. */
export interface FeishuLongConnection {
  /**
   * Resolves once the connection stands; rejects when the platform refuses it for good. A connection that is lost later
   * comes back by itself.
   */
  readonly ready: Promise<void>;
  /**
   * Takes no more events, lets open runs finish, and stops them after `graceMs`; their cards are finalized.
   *
   * @param options.graceMs Time for the open runs, in milliseconds. @defaultValue 10_000
   */
  close(options?: { graceMs?: number }): Promise<void>;
}

const GRACE_MS = 10_000;

/**
 * Receives messages and clicks over a connection that the app opens itself, for machines without a public address.
 * The handlers are those of `feishuWebhook()`. Needs the official SDK (`npm install @larksuiteoapi/node-sdk`), and a self-built app.
 *
 * @throws {InvalidOptionError} when an option can never work.
 * @throws {FeishuConfigError} when credentials are missing.
 * @see https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case
 * @example
 * const connection = feishuLongConnection({ onMessage: (message) => message.reply(answer(message.text)) });
 * await connection.ready;
 */
export function feishuLongConnection(options: FeishuLongConnectionOptions): FeishuLongConnection {
  const config = configOf(options);
  checkConfigOptions(config);
  const { domain, appId, access } = resolveConfig(config);
  if (!("appSecret" in access)) {
    throw new InvalidOptionError(
      "A long connection needs appId and appSecret, received a client without its secret.",
    );
  }
  const inbound = new Inbound({ ...options, feishu: options.feishu ?? createFeishu(config) });
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  // A caller need not wait for it, so a rejection is not unhandled.
  ready.catch(() => {});
  let client: Client | undefined;
  let isClosed = false;
  let isReady = false;

  const open = async (): Promise<void> => {
    const { WSClient } = await loadSdk();
    if (isClosed) return;
    client = new WSClient({
      appId,
      appSecret: access.appSecret,
      domain,
      logger: quietLogger(options, () => isReady),
      onReady: () => {
        isReady = true;
        resolve();
      },
      onError: (error) => {
        const refused = new FeishuConfigError(`The long connection was refused: ${error.message}.`);
        reject(refused);
        inbound.report(refused);
      },
    });
    await client.start({ eventDispatcher: { invoke: async (data) => inbound.handle(fieldsOf(data) ?? {}) } });
  };
  open().catch((error) => {
    reject(error);
    inbound.report(error);
  });
  return {
    ready,
    close: async ({ graceMs = GRACE_MS } = {}) => {
      isClosed = true;
      client?.close();
      reject(new DOMException("The long connection was closed.", "AbortError"));
      await inbound.close(graceMs);
    },
  };
}

function configOf({ appId, appSecret, domain }: FeishuLongConnectionOptions): FeishuConfigOptions {
  return {
    ...(appId !== undefined && { appId }),
    ...(appSecret !== undefined && { appSecret }),
    ...(domain !== undefined && { domain }),
  };
}

/** The part of the official SDK that is used: its client calls the dispatcher with each event, and sends back the result. */
interface LarkSdk {
  readonly WSClient: new (options: {
    appId: string;
    appSecret: string;
    domain: string;
    logger: SdkLogger;
    onReady: () => void;
    onError: (error: Error) => void;
  }) => Client;
}

interface Client {
  start(options: { eventDispatcher: { invoke(data: unknown): Promise<unknown> } }): Promise<void>;
  close(): void;
}

interface SdkLogger {
  error(...message: unknown[]): void;
  warn(...message: unknown[]): void;
  info(...message: unknown[]): void;
  debug(...message: unknown[]): void;
  trace(...message: unknown[]): void;
}

async function loadSdk(): Promise<LarkSdk> {
  try {
    return await import("@larksuiteoapi/node-sdk");
  } catch (error) {
    const code = fieldsOf(error)?.code;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    throw new FeishuConfigError(
      "A long connection needs the official SDK: npm install @larksuiteoapi/node-sdk. Without it, use feishuWebhook().",
    );
  }
}

/**
 * Makes a logger for the SDK that passes on its warnings without its words, because these have tickets and whole messages
 * in them. Before the connection stands, it is silent: `onError` is told of errors then.
 */
function quietLogger({ logger = warnOnce }: FeishuLongConnectionOptions, isReady: () => boolean): SdkLogger {
  const ignore = (): void => {};
  const warn = (): void => {
    if (!isReady()) return;
    logger.warn("The long connection had trouble; it comes back by itself.", { code: "long-connection" });
  };
  return { error: warn, warn, info: ignore, debug: ignore, trace: ignore };
}
