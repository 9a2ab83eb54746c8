import type { Latency } from "../../exchange/exchange.ts";
import type { Clock } from "../../ground/clock.ts";
import type { CardTemplate } from "../cards/card-template.ts";
import type { Operation } from "../gateway/routes.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import type { AppOptions } from "../world/app.ts";

/** How much of the past an emulator keeps. What is older is forgotten, cards and messages included. */
export interface History {
  /** Requests in the log. @defaultValue 10_000 */
  requests: number;
  /** Operations in the history of one card. @defaultValue 2_000 */
  operations: number;
  /** @defaultValue 2_000 */
  cards: number;
  /** @defaultValue 10_000 */
  messages: number;
  /** @defaultValue 200 */
  images: number;
}

export interface FeishuEmulatorOptions {
  /** Where time comes from. @defaultValue the system's clock */
  clock?: Clock;
  /** What the platform does where its documents leave a question open, and its limits. */
  rules?: Partial<FeishuRules>;
  /** The apps of the tenant; the first one is the default app. @defaultValue one app with all scopes */
  apps?: readonly AppOptions[];
  /** Published cards of the visual builder. */
  templates?: readonly CardTemplate[];
  /** How long each request and its answer travel, over HTTP and through `fetch`. @defaultValue no time */
  latency?: (request: { operation: Operation }) => Latency;
  /** Numbers from 0 to 1 for ids. @defaultValue the same row of numbers for every emulator, so that ids are stable */
  random?: () => number;
  /** How much of the past is kept. */
  history?: Partial<History>;
}

export const defaultHistory: History = {
  requests: 10_000,
  operations: 2_000,
  cards: 2_000,
  messages: 10_000,
  images: 200,
};
