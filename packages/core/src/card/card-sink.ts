import type { CardInput } from "../contract/card-event.ts";

interface SinkCard {
  push(input: CardInput): void;
  finish(): Promise<unknown>;
  abortWith(reason: unknown): Promise<unknown>;
}

/** Where the writes to a card's stream go: to the card, which the stream is there before. */
export class CardSink implements UnderlyingSink<CardInput> {
  card: SinkCard | undefined;

  write(chunk: CardInput): void {
    this.card?.push(chunk);
  }

  async close(): Promise<void> {
    await this.card?.finish();
  }

  async abort(reason: unknown): Promise<void> {
    await this.card?.abortWith(reason);
  }
}
