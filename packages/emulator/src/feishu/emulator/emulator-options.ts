import type { Latency } from "../../exchange/exchange.ts";
import type { Operation } from "../../exchange/operation.ts";
import type { Clock } from "../../ground/clock.ts";
import type { WorldOptions } from "../world/create-world.ts";

/** Options of an emulator. */
export interface FeishuEmulatorOptions extends WorldOptions {
  /** Source of time. A test passes its own to run in virtual time. @defaultValue the system's clock */
  clock?: Clock;
  /** Travel times of each request and its answer in milliseconds, over HTTP and through `fetch`. @defaultValue 0 in both directions */
  latency?: (request: { operation: Operation }) => Latency;
}
