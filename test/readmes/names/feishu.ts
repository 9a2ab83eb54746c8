/** Names that the programs of feishu's READMEs leave to their reader. */
import type { Feishu } from "@streamcard/feishu";
import type { FeishuMessage } from "@streamcard/feishu/webhook";
import type { LanguageModel } from "ai";

export declare const to: string;
export declare const tokens: AsyncIterable<string>;
export declare const feishu: Feishu;
export declare const model: LanguageModel;
export declare function onMessage(message: FeishuMessage): Promise<void>;
