/**
 * Entry for our own packages, in the same version. Nothing here is a promise to anybody else.
 *
 * Declarations that stand here must not be tagged as internal, because the build would leave out their types. The tag
 * is for members of public classes.
 */

export { BoundedMap } from "./bounded-map.ts";
export { type CardInternals, internalsOf } from "./card/card-internals.ts";
export { TroubleReport } from "./card/trouble-report.ts";
export {
  aFunction,
  anObject,
  anyOf,
  aText,
  checkFields,
  checkOption,
  described,
  describeOption,
  type Expected,
  milliseconds,
  oneOf,
  requireOption,
  trueOrFalse,
  wholeNumber,
} from "./check-option.ts";
export { describeValue } from "./describe-value.ts";
export { warnOnce } from "./logger.ts";
export { type CardTarget, takeCard } from "./pipe/card-target.ts";
export { checkSource } from "./pipe/check-source.ts";
export { shapeOf } from "./pipe/source-shape.ts";
export { stopWith } from "./pipe/stop-with.ts";
export { copyText } from "./retention/copy-text.ts";
export { usageOf } from "./run/add-usage.ts";
export { parseCardEvents } from "./run/parse-card-event.ts";
export { documentSources } from "./sources/cited-source.ts";
export { ContentBlocks } from "./sources/langchain-content-blocks.ts";
export {
  type LangChainMessage,
  langChainMessageOf,
  messageEndOf,
  messagesIn,
  tellCalls,
  tellMessage,
} from "./sources/langchain-message.ts";
export { ToolCalls } from "./sources/langchain-tool-calls.ts";
export { type Interrupt, interruptsIn } from "./sources/langgraph-interrupt.ts";
export { MessageEvents } from "./sources/message-events.ts";
export { isSourceStream, type OpenStream, openStream } from "./sources/open-stream.ts";
export { type Emit, RunSteps } from "./sources/run-steps.ts";
export { Wakeup } from "./wakeup.ts";
export { withinTime, withinTimeOr } from "./within-time.ts";
export { type StepEntry, stepTrace } from "./writes/step-trace.ts";
