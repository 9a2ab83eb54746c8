import type { CardStream } from "@streamcard/core";
import { readEnv } from "./api/env.ts";
import { createFeishu, type Feishu } from "./create-feishu.ts";
import type { FeishuCardOptions } from "./feishu-card-options.ts";

let environmentFeishu: Feishu | undefined;

/** Finds the app that the environment names, which callers without an app of their own share. */
export function defaultFeishu(): Feishu {
  environmentFeishu ??= createFeishu();
  return environmentFeishu;
}

/**
 * Makes a card of the app that the environment names (`FEISHU_APP_ID`, `FEISHU_APP_SECRET`, `FEISHU_DOMAIN`).
 * Without a target it goes to `FEISHU_TO`.
 *
 * @throws {InvalidOptionError} when an option can never work.
 * @throws {FeishuConfigError} when credentials are missing.
 * @example
 * await streamText({ model, prompt }).fullStream.pipeTo(feishuCard({ to: "oc_…" }));
 */
export function feishuCard(options: FeishuCardOptions = {}): CardStream {
  const { to, replyTo, cardId } = options;
  const hasTarget = to !== undefined || replyTo !== undefined || cardId !== undefined;
  return defaultFeishu().card(hasTarget ? options : { ...options, to: readEnv("FEISHU_TO") });
}
