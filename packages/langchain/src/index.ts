export {
  type CardEvent,
  type CardInput,
  type CardMetrics,
  type CardResult,
  type CardSource,
  CardStream,
  type Delivery,
  InvalidOptionError,
  type Locale,
  type Logger,
  type PipeToTextOptions,
  type PlainTextOptions,
  pipeToCard,
  pipeToText,
  type RunReason,
  type RunStatus,
  RunTimeoutError,
  StreamcardError,
  type TextSource,
  type Timeouts,
  toPlainText,
} from "@streamcard/core";
export {
  createFeishu,
  type Feishu,
  type FeishuCardOptions,
  type FeishuOptions,
  feishuCard,
} from "@streamcard/feishu";
export type { AnswerCandidate } from "./answer-rule.ts";
export { FeishuCardHandler } from "./feishu-card-handler.ts";
export type { CardRunInfo, FeishuCardHandlerOptions, RunOptions } from "./handler-options.ts";
export type { HandlerRun } from "./handler-run.ts";
export type { Watchable } from "./watch-stream.ts";
