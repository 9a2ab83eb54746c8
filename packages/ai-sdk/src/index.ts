export {
  type ActionOptions,
  type AnyRun,
  type BlockOptions,
  type CardBlock,
  type CardEvent,
  type CardInput,
  type CardMetrics,
  type CardResult,
  type CardRun,
  type CardSource,
  CardStream,
  type Delivery,
  type FooterOptions,
  type GeneratedRun,
  InvalidOptionError,
  type LanesOptions,
  type Layout,
  type LayoutInfo,
  type Locale,
  type Logger,
  type PartLike,
  pipeToCard,
  type RunLanes,
  type RunReason,
  type RunSource,
  type RunStatus,
  RunTimeoutError,
  type StartRun,
  StreamcardError,
  type StreamedRun,
  type Timeouts,
  type ToolOptions,
} from "@streamcard/core";
export {
  createFeishu,
  type Feishu,
  type FeishuCardOptions,
  type FeishuOptions,
  feishuCard,
} from "@streamcard/feishu";
export { type CardCallbacks, cardCallbacks } from "./card-callbacks.ts";
export type { CardTarget } from "./card-target.ts";
export { type CardTransform, cardTransform } from "./card-transform.ts";
export { type Pipeable, type PipeToOptions, pipeable, type RunResult } from "./pipeable.ts";
export { type ToFeishuCardOptions, toFeishuCard } from "./to-feishu-card.ts";
