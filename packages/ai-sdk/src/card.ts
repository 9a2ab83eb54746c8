/** The ways to connect the AI SDK with a card of any platform: loads `@streamcard/core` alone. */

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
  toPlainText,
} from "@streamcard/core";
export type { CardTarget } from "@streamcard/core/internal";
export { type CardCallbacks, cardCallbacks } from "./card-callbacks.ts";
export { type CardTransform, cardTransform } from "./card-transform.ts";
export { type Pipeable, type PipeToOptions, pipeable } from "./pipeable.ts";
