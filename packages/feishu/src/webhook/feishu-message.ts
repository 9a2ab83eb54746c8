import type { Answerable } from "@streamcard/bot";
import type { FeishuTypes } from "./feishu-types.ts";
import type { MessageFacts } from "./message-facts.ts";

/** A message to the bot, and the way to answer it. */
export interface FeishuMessage extends MessageFacts, Answerable<FeishuTypes> {}
