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
  type Layout,
  type LayoutInfo,
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
export { FeishuCardHandler } from "./feishu/feishu-card-handler.ts";
export type { CardRunInfo, FeishuCardHandlerOptions, RunOptions } from "./handler/handler-options.ts";
export type { HandlerRun } from "./handler/handler-run.ts";
export type { Watchable } from "./handler/watch-stream.ts";
export type { AnswerCandidate } from "./runs/answer-rule.ts";
export { type LangChainMessageLike, toLangChainMessages } from "./to-langchain-messages.ts";
