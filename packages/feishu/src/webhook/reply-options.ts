import type { LanesOptions } from "@streamcard/core";
import type { FeishuCardOptions, FeishuTargetOptions } from "../feishu-card-options.ts";

/** Options of the cards that `message.reply()` makes: all but where they go, though that may be a topic. */
export type ReplyOptions = Omit<
  FeishuCardOptions,
  keyof FeishuTargetOptions | "runId" | "askedBy" | "signal"
> &
  Pick<FeishuTargetOptions, "replyInThread"> & {
    /** Arrangement of several runs on the card. */
    lanes?: LanesOptions | undefined;
  };
