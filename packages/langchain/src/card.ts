/** The handler for cards of any platform: loads `@streamcard/core` alone. */

export {
  type CardEvent,
  type CardInput,
  type CardMetrics,
  type CardResult,
  type CardSource,
  CardStream,
  type Delivery,
  InvalidOptionError,
  type LaneSource,
  type LanesOptions,
  type Locale,
  type Logger,
  type PipeToCardOptions,
  type PipeToTextOptions,
  type PlainTextOptions,
  pipeToCard,
  pipeToText,
  type RunContext,
  type RunReason,
  type RunStatus,
  RunTimeoutError,
  type StartRun,
  StreamcardError,
  type Timeouts,
  toPlainText,
} from "@streamcard/core";
export { CardHandler } from "./handler/card-handler.ts";
export type { CardHandlerOptions, HandlerOptions, RunOptions } from "./handler/handler-options.ts";
export type { HandlerRun } from "./handler/handler-run.ts";
export type { Watchable } from "./handler/watch-stream.ts";
export type { AnswerCandidate, AnswerRule } from "./runs/answer-rule.ts";
export type { RunInfo } from "./runs/handled-run.ts";
export {
  type HistoryMessage,
  type LangChainMessageLike,
  toLangChainMessages,
} from "./to-langchain-messages.ts";
