import { type ClickListener, RunRegistry } from "@streamcard/bot";
import type { CardStream } from "@streamcard/core";
// Sockets of undici in Node.js, the runtime's own `fetch` on the edge: package.json says which.
import { createTransport } from "#transport";
import type { AppState } from "./app-state.ts";
import type { Transport } from "./http-transport.ts";

/** What a process has one of, however many copies of this package it has loaded. */
export interface SharedState {
  readonly transport: Transport;
  /** By domain and app id. */
  readonly apps: Map<string, AppState>;
  /** Cards to finalize when the process is told to end. */
  readonly openCards: Set<Pick<CardStream, "stop">>;
  /** The runs that buttons can refer to. */
  readonly runs: RunRegistry;
  /** The webhooks and long connections of this process. Without one, a button would do nothing. */
  readonly clickListeners: Set<ClickListener>;
  /** Stops to listen for signals; absent while no card is open. */
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
