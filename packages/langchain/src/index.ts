export {
  type ActionOptions,
  type BlockOptions,
  type CardBlock,
  type CardEvent,
  type CardInput,
  type CardMetrics,
  type CardResult,
  type CardSource,
  CardStream,
  type Delivery,
  type FooterOptions,
  InvalidOptionError,
  type LaneSource,
  type LanesOptions,
  type Layout,
  type LayoutInfo,
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
  type ToolOptions,
  toPlainText,
} from "@streamcard/core";
export {
  createFeishu,
  type Feishu,
  type FeishuCardOptions,
  type FeishuOptions,
  feishuCard,
} from "@streamcard/feishu";
export {
  FeishuCardHandler,
  type FeishuCardHandlerOptions,
  type FeishuRunOptions,
} from "./feishu/feishu-card-handler.ts";
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
