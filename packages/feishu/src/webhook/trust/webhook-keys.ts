import { InvalidOptionError } from "@streamcard/core";
import { readEnv } from "../../api/env.ts";
import { FeishuConfigError } from "../../api/feishu-error.ts";

/** Keys that prove that a request is the platform's. Give at least one, unless `insecure`. Both are on the app's page under Events & callbacks. */
export interface WebhookKeyOptions {
  /**
   * The Encrypt Key: requests are signed and encrypted with it.
   * @defaultValue the environment's `FEISHU_ENCRYPT_KEY`
   */
  encryptKey?: string;
  /**
   * The Verification Token, which requests carry. It is the weaker proof, because it travels with each request.
   * @defaultValue the environment's `FEISHU_VERIFICATION_TOKEN`
   */
  verificationToken?: string;
  /**
   * Takes requests without a proof, for a machine that strangers cannot reach.
   * @defaultValue false
   */
  insecure?: boolean;
}

export interface WebhookKeys {
  readonly encryptKey: string | undefined;
  readonly verificationToken: string | undefined;
}

/** Checks the keys that were given. @throws {InvalidOptionError} when one is no text. */
export function checkKeyOptions(options: WebhookKeyOptions): void {
  for (const name of ["encryptKey", "verificationToken"] as const) {
    const value: unknown = options[name];
    if (value === undefined || (typeof value === "string" && value !== "")) continue;
    throw new InvalidOptionError(
      `${name} must be a text that is not empty, received ${value === "" ? "an empty text" : typeof value}.`,
    );
  }
}

/** Reads the keys of the options and the environment. @throws {FeishuConfigError} when there is none, unless `insecure`. */
export function resolveKeys(options: WebhookKeyOptions): WebhookKeys {
  const encryptKey = options.encryptKey ?? readEnv("FEISHU_ENCRYPT_KEY");
  const verificationToken = options.verificationToken ?? readEnv("FEISHU_VERIFICATION_TOKEN");
  if (encryptKey === undefined && verificationToken === undefined && options.insecure !== true) {
    throw new FeishuConfigError(
      "The webhook cannot tell the platform from a stranger: set FEISHU_ENCRYPT_KEY (or FEISHU_VERIFICATION_TOKEN), " +
        "or give encryptKey to feishuWebhook(). Both are on the app's page at https://open.feishu.cn/app under Events & callbacks. " +
        "Where only you can reach it, `insecure: true` takes requests from anybody.",
    );
  }
  return { encryptKey, verificationToken };
}
