/** Names that the programs of ai-sdk's READMEs leave to their reader. */
import type { CardDriver } from "@streamcard/core/driver";
import type { LanguageModel, ToolLoopAgent } from "ai";

export declare const model: LanguageModel;
export declare const prompt: string;
export declare const agent: ToolLoopAgent;
export declare const driver: CardDriver;
export declare function redact(value: unknown): unknown;
