export { CardLane, type LaneOptions } from "./card/card-lane.ts";
export { CardStream } from "./card/card-stream.ts";
export type { Clock } from "./clock.ts";
export type { CardBlock } from "./contract/card-block.ts";
export type { CardEvent, CardInput, TokenUsage } from "./contract/card-event.ts";
export type {
  CardIds,
  CardMetrics,
  CardResult,
  Delivery,
  LaneResult,
} from "./contract/card-result.ts";
export type { RunEnd, RunReason, RunStatus } from "./contract/run-end.ts";
export {
  InvalidOptionError,
  ReaderStopError,
  RunTimeoutError,
  StreamcardError,
} from "./errors.ts";
export type { Logger } from "./logger.ts";
export type { CardSource, LaneSource, RunContext, StartRun } from "./pipe/card-source.ts";
export type { LanesOptions } from "./pipe/lanes-options.ts";
export { type PipeToCardOptions, pipeToCard } from "./pipe/pipe-to-card.ts";
export type { PartLike, RunResult } from "./pipe/run-result.ts";
export type { Timeouts } from "./run/time-limits.ts";
export {
  type PipeToTextOptions,
  type PlainTextOptions,
  pipeToText,
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
export type { Locale } from "./view/words/locales.ts";
