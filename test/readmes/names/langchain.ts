/** Names that the programs of langchain's READMEs leave to their reader. */
import type { BaseMessage } from "@langchain/core/messages";
import type { Runnable, RunnableConfig } from "@langchain/core/runnables";
import type { CardDriver } from "@streamcard/core/driver";
import type { FeishuMessage } from "@streamcard/feishu/webhook";
import type { FeishuCardHandler, HandlerRun } from "@streamcard/langchain";

/** Agent or graph, as far as the programs use one. */
interface Graph extends Pick<Runnable<unknown, unknown>, "invoke"> {
  stream(
    input: unknown,
    config: RunnableConfig & { streamMode: "messages" },
  ): Promise<AsyncIterable<[BaseMessage, Record<string, unknown>]>>;
}

export declare const agent: Graph;
export declare const graph: Graph;
export declare const input: { readonly messages: readonly BaseMessage[] };
export declare const handler: FeishuCardHandler;
export declare const run: HandlerRun;
export declare const message: FeishuMessage;
export declare const driver: CardDriver;
export declare function enough(chunk: [BaseMessage, Record<string, unknown>]): boolean;
