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
  pipeToCard,
  type RunReason,
  type RunStatus,
  RunTimeoutError,
  StreamcardError,
  type Timeouts,
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
export type { GeneratedRun, PartLike, RunSource, StreamedRun } from "./run-source.ts";
export { type CardRun, type StartRun, type ToFeishuCardOptions, toFeishuCard } from "./to-feishu-card.ts";
