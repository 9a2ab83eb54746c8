import type { Ids } from "../../ground/ids.ts";

/** An app of the tenant, as the developer console would describe it. */
export interface AppOptions {
  /** `cli_` and 16 hexadecimal digits. @defaultValue a generated one */
  appId?: string;
  /** @defaultValue a generated one */
  appSecret?: string;
  /** Name of its bot. @defaultValue "Assistant" */
  name?: string;
  /** Scopes it was granted; without one of the needed ones a call answers 99991672. @defaultValue "all" */
  scopes?: "all" | readonly string[];
  /** Whether the app is in use; if not, every call answers 99991662. @defaultValue true */
  isEnabled?: boolean;
  /** Whether its bot is switched on; if not, message calls answer 230006. @defaultValue true */
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
  /** Ids of its bot. */
  readonly openId: string;
  readonly unionId: string;
  /** Place among the apps; the first one is the default app. */
  readonly index: number;
}

const APP_ID = /^cli_[0-9a-fA-F]{16}$/;

/** @throws {TypeError} when the app id has another form than the platform's. */
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
