export { AnswerWindow } from "./answer-window.ts";
export { applyChanges, type BlockChange, diffBlocks } from "./block-change.ts";
export {
  type ActionOptions,
  type BlockOptions,
  type FooterOptions,
  type Layout,
  type LayoutInfo,
  resolveBlockOptions,
  type ToolOptions,
} from "./block-options.ts";
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
} from "./block-text.ts";
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
} from "./card-driver.ts";
export type { CardEvent, CardInput, TokenUsage } from "./card-event.ts";
export { CardLane, type LaneOptions } from "./card-lane.ts";
export type {
  CardIds,
  CardMetrics,
  CardResult,
  CutPart,
  Delivery,
  FinalizedBy,
  LaneResult,
} from "./card-result.ts";
export { CardStream } from "./card-stream.ts";
export { type CardStreamOptions, resolveCardStreamOptions } from "./card-stream-options.ts";
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
} from "./card-view.ts";
export { type Clock, systemClock, wait } from "./clock.ts";
export { copyText } from "./copy-text.ts";
export { describeValue } from "./describe-value.ts";
export {
  InvalidOptionError,
  ReaderStopError,
  RunTimeoutError,
  StreamcardError,
  type StreamcardErrorOptions,
} from "./errors.ts";
export { LazyMap } from "./lazy-map.ts";
export { type Logger, warnOnce } from "./logger.ts";
export type { MarkdownDialect } from "./markdown/inline-text.ts";
export type { PaceOptions } from "./pace.ts";
export { parseCardEvents } from "./parse-card-event.ts";
export type { LanesOptions } from "./pipe-lanes.ts";
export { type CardSource, pipeToCard } from "./pipe-to-card.ts";
export {
  type PipeToTextOptions,
  type PlainTextOptions,
  pipeToText,
  type TextSource,
  toPlainText,
} from "./pipe-to-text.ts";
export type { RunEnd, RunReason, RunStatus } from "./run-end.ts";
export {
  type GeneratedRun,
  isPromiseLike,
  openRunSource,
  type PartLike,
  type RunSource,
  readRunSource,
  type StreamedRun,
} from "./run-source.ts";
export { type AnyRun, type CardRun, prepareRun, type RunLanes, type StartRun } from "./run-to-card.ts";
export { type Locale, locales, statusText } from "./status-text.ts";
export { createTextDriver, type TextDriverOptions } from "./text-driver.ts";
export type { Timeouts } from "./time-limits.ts";
export { TroubleReport } from "./trouble-report.ts";
export { Wakeup } from "./wakeup.ts";
