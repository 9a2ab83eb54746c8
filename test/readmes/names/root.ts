/** Names that the programs of the root READMEs leave to their reader. */
import type { Runnable } from "@langchain/core/runnables";
import type { CardResult, StartRun } from "@streamcard/ai-sdk";
import type OpenAI from "openai";

export declare const agent: Runnable<{ messages: OpenAI.ChatCompletionMessageParam[] }, unknown>;
export declare const client: OpenAI;
export declare const messages: OpenAI.ChatCompletionMessageParam[];
export declare const model: string;
export declare const result: CardResult;
export declare const runClaude: StartRun;
export declare const runGpt: StartRun;
export declare const to: string;
