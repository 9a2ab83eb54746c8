import * as chatModels from "@langchain/core/language_models/chat_models";
import * as messages from "@langchain/core/messages";
import * as outputParsers from "@langchain/core/output_parsers";
import * as outputs from "@langchain/core/outputs";
import * as prompts from "@langchain/core/prompts";
import * as retrievers from "@langchain/core/retrievers";
import * as runnables from "@langchain/core/runnables";
import * as tools from "@langchain/core/tools";
import * as fakes from "@langchain/core/utils/testing";
import * as langgraph from "@langchain/langgraph";
import * as prebuilt from "@langchain/langgraph/prebuilt";
import * as older from "langchain-0.3";

const newer = {
  chatModels,
  messages,
  outputParsers,
  outputs,
  prompts,
  retrievers,
  runnables,
  tools,
  fakes,
  langgraph,
  prebuilt,
};

/** One line of LangChain, core and LangGraph, as far as the tests use it. */
export interface Line extends Readonly<typeof newer> {
  readonly version: "1.x" | "0.3";
}

/** Both lines by the newer one's types: the tests keep to what they have in common. */
export const lines: readonly Line[] = [
  { version: "1.x", ...newer },
  { version: "0.3", ...(older as unknown as typeof newer) },
];
