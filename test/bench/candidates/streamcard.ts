import { pipeToCard } from "@streamcard/core";
import { createFeishu, type Feishu, type FeishuCardOptions } from "@streamcard/feishu";
import type { Candidate, Platform } from "./candidate.ts";

/** This library, with its defaults unless options say otherwise. */
export function streamcard(options: Omit<FeishuCardOptions, "to"> = {}): Candidate {
  // One client for each platform, as an app has one for all of its cards.
  const apps = new WeakMap<Platform, Feishu>();
  return {
    name: "streamcard",
    async stream(tokens, platform) {
      const feishu = apps.get(platform) ?? openApp(platform);
      apps.set(platform, feishu);
      await pipeToCard(tokens, feishu.card({ to: platform.chatId, ...options }));
    },
  };
}

function openApp({ domain, credentials, fetch, clock }: Platform): Feishu {
  return createFeishu({
    ...credentials,
    domain,
    handleSignals: false,
    logger: { warn: () => {} },
    ...(fetch !== undefined && { fetch, clock }),
  });
}
