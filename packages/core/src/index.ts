export { CardLane, type LaneOptions } from "./card/card-lane.ts";
export { CardStream } from "./card/card-stream.ts";
export { type CardStreamOptions, resolveCardStreamOptions } from "./card/card-stream-options.ts";
export { TroubleReport } from "./card/trouble-report.ts";
export { type Clock, systemClock, wait } from "./clock.ts";
export { applyChanges, type BlockChange, diffBlocks } from "./contract/block-change.ts";
export type {
  ActionsBlock,
  CardBlock,
  CardButton,
  CardStatus,
  ElementBlock,
  FailureCause,
  FooterBlock,
  ImageBlock,
  LaneBlock,
  LanesBlock,
  ReasoningBlock,
  SourcesBlock,
  StatusBlock,
  TextBlock,
  ToolBlock,
  ToolCountBlock,
} from "./contract/card-block.ts";
export {
  type BlockSize,
  type CardDriver,
  type CardWrite,
  CardWriteError,
  type CardWriteErrorOptions,
  type DriverProfile,
  type DriverUsage,
  type ImageSource,
  type OpenedCard,
  type OpenRequest,
  type Urgency,
} from "./contract/card-driver.ts";
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
export { describeValue } from "./describe-value.ts";
export {
  InvalidOptionError,
  ReaderStopError,
  RunTimeoutError,
  StreamcardError,
  type StreamcardErrorOptions,
} from "./errors.ts";
export { type Logger, warnOnce } from "./logger.ts";
export type { MarkdownDialect } from "./markdown/inline-text.ts";
export type { LanesOptions } from "./pipe/pipe-lanes.ts";
export { pipeToCard } from "./pipe/pipe-to-card.ts";
export {
  type GeneratedRun,
  isPromiseLike,
  openRunSource,
  type PartLike,
  type RunSource,
  readRunSource,
  type StreamedRun,
} from "./pipe/run-source.ts";
export { type AnyRun, type CardRun, prepareRun, type RunLanes, type StartRun } from "./pipe/run-to-card.ts";
export { copyText } from "./retention/copy-text.ts";
export { LazyMap } from "./retention/lazy-map.ts";
export { parseCardEvents } from "./run/parse-card-event.ts";
export type { Timeouts } from "./run/time-limits.ts";
export type { CardSource } from "./sources/open-source.ts";
export {
  type PipeToTextOptions,
  type PlainTextOptions,
  pipeToText,
  type TextSource,
  toPlainText,
} from "./terminal/pipe-to-text.ts";
export { createTextDriver, type TextDriverOptions } from "./terminal/text-driver.ts";
export {
  type ActionOptions,
  type BlockOptions,
  type FooterOptions,
  type Layout,
  type LayoutInfo,
  resolveBlockOptions,
  type ToolOptions,
} from "./view/block-options.ts";
export {
  buttonText,
  type EndKind,
  earlierToolsText,
  endKind,
  endKindText,
  footerText,
  imageText,
  laneText,
  lostImageText,
  moreSourcesText,
  reasoningTitle,
  runningText,
  sourcesTitle,
  toolDetailTitle,
  toolLine,
} from "./view/block-text.ts";
export { type Locale, locales, statusText } from "./view/status-text.ts";
export { Wakeup } from "./wakeup.ts";
export { AnswerWindow } from "./writes/answer-window.ts";
export type { PaceOptions } from "./writes/pace.ts";
