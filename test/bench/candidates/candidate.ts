import type { Clock } from "@streamcard/core";

/** The platform as a candidate reaches it. */
export interface Platform {
  readonly domain: string;
  readonly credentials: { readonly appId: string; readonly appSecret: string };
  /** The chat that gets the card. */
  readonly chatId: string;
  /** In virtual time, where nobody's own HTTP would work; otherwise each candidate uses what it comes with. */
  readonly fetch?: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** A way to show an answer on a card while it is being said. */
export interface Candidate {
  readonly name: string;
  /** Resolves once nothing more will be written, whether or not it went well. */
  stream(tokens: AsyncIterable<string>, platform: Platform): Promise<void>;
}
