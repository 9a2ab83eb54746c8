/** What `@streamcard/langchain` needs to read LangChain's messages. @internal */

export { usageOf } from "../run/add-usage.ts";
export { ContentBlocks } from "./content-blocks.ts";
export { type Interrupt, interruptsIn } from "./interrupt.ts";
export {
  type LangChainMessage,
  langChainMessageOf,
  messageEndOf,
  messagesIn,
  tellCalls,
  tellMessage,
} from "./langchain-message.ts";
export { MessageEvents } from "./message-events.ts";
export { documentSources } from "./named-source.ts";
export { type OpenSource, openSource } from "./open-source.ts";
export { type Emit, RunSteps } from "./run-steps.ts";
export { ToolCalls } from "./tool-calls.ts";
