import { type ClickListener, RunRegistry } from "@streamcard/bot";
import type { CardStream } from "@streamcard/core";
// Sockets of undici in Node.js, the runtime's own `fetch` on the edge: package.json says which.
import { createTransport } from "#transport";
import type { AppState } from "./app-state.ts";
import type { Transport } from "./http-transport.ts";

/** State that a process has once, also where it has loaded several copies of this package. */
export interface SharedState {
  readonly transport: Transport;
  /** States of apps, by domain and app id. */
  readonly apps: Map<string, AppState>;
  /** Cards to finalize when the process is told to end. */
  readonly openCards: Set<Pick<CardStream, "stop">>;
  /** The runs that buttons can refer to. */
  readonly runs: RunRegistry;
  /** Webhooks and long connections of this process. Without one, no button is drawn, because its press would do nothing. */
  readonly clickListeners: Set<ClickListener>;
  /** Removes the listeners of signals; absent while no card is open. */
  unlisten?: (() => void) | undefined;
}

const key = Symbol.for("streamcard.feishu.shared.1");

export function sharedState(): SharedState {
  const holder = globalThis as { [key]?: SharedState };
  holder[key] ??= {
    transport: createTransport(),
    apps: new Map(),
    openCards: new Set(),
    runs: new RunRegistry(),
    clickListeners: new Set(),
  };
  return holder[key];
}
