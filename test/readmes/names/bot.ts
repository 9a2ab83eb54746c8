/** Names that the programs of bot's READMEs leave to their reader. */
import type { BotMessage, Click, PlatformTypes } from "../../../packages/bot/src/index.ts";

export declare function readClick(): Click<PlatformTypes>;
export declare function readMessage(): Promise<BotMessage>;
