import { pipeToCard } from "@streamcard/core";
import { createFeishu, type FeishuCardOptions } from "@streamcard/feishu";
import type { Candidate } from "./candidate.ts";

/** This library, with its defaults unless options say otherwise. */
export function streamcard(options: Omit<FeishuCardOptions, "to"> = {}): Candidate {
  return {
    name: "streamcard",
    async stream(tokens, { domain, credentials, chatId, fetch, clock }) {
      const feishu = createFeishu({
        ...credentials,
        domain,
        handleSignals: false,
        logger: { warn: () => {} },
        ...(fetch !== undefined && { fetch, clock }),
      });
      await pipeToCard(tokens, feishu.card({ to: chatId, ...options }));
      if (fetch === undefined) await feishu.close();
    },
  };
}
