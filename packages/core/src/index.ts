export { CardLane, type LaneOptions } from "./card/card-lane.ts";
export { CardStream } from "./card/card-stream.ts";
export type { Clock } from "./clock.ts";
export type { CardBlock } from "./contract/card-block.ts";
export type { CardEvent, CardInput, TokenUsage } from "./contract/card-event.ts";
export type {
  CardIds,
  CardMetrics,
  CardResult,
  CutPart,
  Delivery,
  FinalizedBy,
  LaneResult,
} from "./contract/card-result.ts";
export type { RunEnd, RunReason, RunStatus } from "./contract/run-end.ts";
export {
  InvalidOptionError,
  ReaderStopError,
  RunTimeoutError,
  StreamcardError,
  type StreamcardErrorOptions,
} from "./errors.ts";
export type { Logger } from "./logger.ts";
export type { LanesOptions } from "./pipe/pipe-lanes.ts";
export { type CardSource, pipeToCard } from "./pipe/pipe-to-card.ts";
export type { GeneratedRun, PartLike, RunSource, StreamedRun } from "./pipe/run-source.ts";
export type { AnyRun, CardRun, RunLanes, StartRun } from "./pipe/run-to-card.ts";
export type { Timeouts } from "./run/time-limits.ts";
export {
  type PipeToTextOptions,
  type PlainTextOptions,
  pipeToText,
  type TextSource,
  toPlainText,
} from "./terminal/pipe-to-text.ts";
export { createTextDriver, type TextDriverOptions } from "./terminal/text-driver.ts";
export type {
  ActionOptions,
  BlockOptions,
  FooterOptions,
  Layout,
  LayoutInfo,
  ToolOptions,
} from "./view/block-options.ts";
export type { Locale } from "./view/status-text.ts";
export type { PaceOptions } from "./writes/pace.ts";
