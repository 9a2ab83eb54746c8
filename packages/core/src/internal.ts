/** For our own packages, in the same version. Nothing here is a promise to anybody else. @internal */

export { BoundedMap } from "./bounded-map.ts";
export { TroubleReport } from "./card/trouble-report.ts";
export { describeValue } from "./describe-value.ts";
export { warnOnce } from "./logger.ts";
export { isPromiseLike, openRunSource, readRunSource } from "./pipe/run-source.ts";
export { type AnySource, prepareRun } from "./pipe/run-to-card.ts";
export { copyText } from "./retention/copy-text.ts";
export { LazyMap } from "./retention/lazy-map.ts";
export { usageOf } from "./run/add-usage.ts";
export { parseCardEvents } from "./run/parse-card-event.ts";
export { ContentBlocks } from "./sources/content-blocks.ts";
export { type Interrupt, interruptsIn } from "./sources/interrupt.ts";
export {
  type LangChainMessage,
  langChainMessageOf,
  messageEndOf,
  messagesIn,
  tellCalls,
  tellMessage,
} from "./sources/langchain-message.ts";
export { MessageEvents } from "./sources/message-events.ts";
export { documentSources } from "./sources/named-source.ts";
export { type OpenSource, openSource } from "./sources/open-source.ts";
export { type Emit, RunSteps } from "./sources/run-steps.ts";
export { ToolCalls } from "./sources/tool-calls.ts";
export { Wakeup } from "./wakeup.ts";
export { withinTime, withinTimeOr } from "./within-time.ts";
export { AnswerWindow } from "./writes/answer-window.ts";
