import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { systemClock } from "@streamcard/core/driver";
import type { Platform } from "../candidates/candidate.ts";

/** Platform over HTTP, in another thread of this process. */
export interface PlatformThread {
  readonly platform: Platform;
  /** Resolves once requests have stopped. */
  quiet(): Promise<void>;
}

const QUIET_MS = 1_000;
const POLL_MS = 100;

export async function startPlatformThread(): Promise<PlatformThread> {
  const worker = new Worker(new URL("./platform.ts", import.meta.url));
  const [address] = await once(worker, "message");
  return {
    platform: { ...address, clock: systemClock },
    async quiet() {
      for (;;) {
        worker.postMessage("how quiet?");
        const [{ quietMs }] = await once(worker, "message");
        if (quietMs >= QUIET_MS) return;
        await sleep(POLL_MS);
      }
    },
  };
}
