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
  type PartLike,
  type PipeToCardOptions,
  type PipeToTextOptions,
  type PlainTextOptions,
  pipeToCard,
  pipeToText,
  type RunContext,
  type RunReason,
  type RunResult,
  type RunStatus,
  RunTimeoutError,
  type StartRun,
  StreamcardError,
  type Timeouts,
  type ToolOptions,
  toPlainText,
} from "@streamcard/core";
export type { CardTarget } from "@streamcard/core/internal";
export {
  createFeishu,
  type Feishu,
  type FeishuCardOptions,
  type FeishuOptions,
  feishuCard,
} from "@streamcard/feishu";
export { type CardCallbacks, cardCallbacks } from "./card-callbacks.ts";
export { type CardTransform, cardTransform } from "./card-transform.ts";
export { type Pipeable, type PipeToOptions, pipeable } from "./pipeable.ts";
export { type ToFeishuCardOptions, toFeishuCard } from "./to-feishu-card.ts";
