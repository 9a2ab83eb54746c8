import type { CardInput } from "../contract/card-event.ts";
import { internalsOf } from "./card-internals.ts";

interface SinkCard {
  push(input: CardInput): void;
  finish(): Promise<unknown>;
}

/** Sink of a card's stream. `super()` needs it before the card exists; `card` is set right after. */
export class CardSink implements UnderlyingSink<CardInput> {
  card: SinkCard | undefined;

  write(chunk: CardInput): void {
    this.card?.push(chunk);
  }

  async close(): Promise<void> {
    await this.card?.finish();
  }

  async abort(reason: unknown): Promise<void> {
    if (this.card !== undefined) await internalsOf(this.card).abort(reason);
  }
}
