import type { Operation } from "../../exchange/operation.ts";
import { SlidingWindow } from "../../ground/sliding-window.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import { gatewayLimit } from "../rules/platform-error.ts";
import type { App } from "./app.ts";

/** Rate limits of each API for each app. */
export interface ApiLimits {
  /** Counts a call. @throws {PlatformError} 99991400 when the app has called this API too often. */
  admit(app: App, operation: Operation, now: number): void;
}

/** Makes the limits of the rules. See https://open.feishu.cn/document/ukTMukTMukTM/uUzN04SN3QjL1cDN */
export function createApiLimits(rules: FeishuRules): ApiLimits {
  const windows = new Map<string, { second: SlidingWindow; minute: SlidingWindow }>();
  return {
    admit: (app, operation, now) => {
      if (rules.appLimit === "off") return;
      const key = `${app.appId} ${operation}`;
      let calls = windows.get(key);
      if (calls === undefined) {
        calls = {
          second: new SlidingWindow(rules.appLimitPerSecond, 1000),
          minute: new SlidingWindow(rules.appLimitPerMinute, 60_000),
        };
        windows.set(key, calls);
      }
      const waitMs = Math.max(calls.second.waitMs(now), calls.minute.waitMs(now));
      if (waitMs > 0) {
        const isMinute = calls.minute.waitMs(now) > 0;
        throw gatewayLimit(
          isMinute ? rules.appLimitPerMinute : rules.appLimitPerSecond,
          Math.ceil(waitMs / 1000),
        );
      }
      calls.second.add(now);
      calls.minute.add(now);
    },
  };
}
