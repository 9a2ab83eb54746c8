import type { Ids } from "../../ground/ids.ts";

/** An app of the tenant, as its developer configures it. */
export interface AppOptions {
  /** App id: `cli_` and 16 hexadecimal digits. @defaultValue a generated one */
  appId?: string;
  /** App secret. @defaultValue a generated one */
  appSecret?: string;
  /** Name of the app's bot. @defaultValue "Assistant" */
  name?: string;
  /** Scopes that the app was granted. A call that needs another one answers 99991672. @defaultValue "all" */
  scopes?: "all" | readonly string[];
  /** State of the app. If it is not in use, every call answers 99991662. @defaultValue true */
  isEnabled?: boolean;
  /** State of the app's bot. If it is switched off, message calls answer 230006. @defaultValue true */
  hasBot?: boolean;
}

export interface App {
  readonly appId: string;
  readonly appSecret: string;
  readonly name: string;
  readonly scopes: "all" | ReadonlySet<string>;
  readonly isEnabled: boolean;
  readonly hasBot: boolean;
  readonly verificationToken: string;
  /** Open id of the bot. */
  readonly openId: string;
  /** Union id of the bot. */
  readonly unionId: string;
  /** Index among the apps. The default app has 0. */
  readonly index: number;
}

const APP_ID = /^cli_[0-9a-fA-F]{16}$/;

/** @throws {TypeError} when the app id does not have the platform's form. */
export function createApp(options: AppOptions, index: number, ids: Ids): App {
  const { appId = ids.hex("cli_", 16), scopes = "all" } = options;
  if (!APP_ID.test(appId)) {
    throw new TypeError(`An app id is "cli_" and 16 hexadecimal digits, received ${JSON.stringify(appId)}.`);
  }
  return {
    appId,
    appSecret: options.appSecret ?? ids.hex(""),
    name: options.name ?? "Assistant",
    scopes: scopes === "all" ? "all" : new Set(scopes),
    isEnabled: options.isEnabled ?? true,
    hasBot: options.hasBot ?? true,
    verificationToken: ids.hex(""),
    openId: ids.hex("ou_"),
    unionId: ids.hex("on_"),
    index,
  };
}
