import type { CardStream } from "@streamcard/core";
import { readEnv } from "./api/env.ts";
import { createFeishu, type Feishu } from "./create-feishu.ts";
import type { FeishuCardOptions } from "./feishu-card-options.ts";

let environmentFeishu: Feishu | undefined;

/** The app that the environment names: one client for all who give none. */
export function defaultFeishu(): Feishu {
  environmentFeishu ??= createFeishu();
  return environmentFeishu;
}

/**
 * A new card of the app that the environment names (`FEISHU_APP_ID`, `FEISHU_APP_SECRET`, `FEISHU_DOMAIN`).
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
