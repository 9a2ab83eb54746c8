import type { Clock } from "@streamcard/core";

/** Platform as a candidate reaches it. */
export interface Platform {
  readonly domain: string;
  readonly credentials: { readonly appId: string; readonly appSecret: string };
  /** The chat that gets the card. */
  readonly chatId: string;
  /** Given in virtual time, where other HTTP clients do not work; else each candidate uses its own. */
  readonly fetch?: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** Way to show an answer on a card while the model writes it. */
export interface Candidate {
  readonly name: string;
  /** Resolves once nothing more will be written, also after a failure. */
  stream(tokens: AsyncIterable<string>, platform: Platform): Promise<void>;
}
