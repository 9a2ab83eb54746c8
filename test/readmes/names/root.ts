/** Names that the programs of the root READMEs leave to their reader. */
import type { Runnable } from "@langchain/core/runnables";
import type { CardResult, StartRun } from "@streamcard/ai-sdk";

export declare const to: string;
export declare const agent: Runnable<{ messages: readonly unknown[] }, unknown>;
export declare const messages: readonly unknown[];
export declare const runGpt: StartRun;
export declare const runClaude: StartRun;
export declare const result: CardResult;
