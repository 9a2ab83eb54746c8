import { type Clock, systemClock } from "../clock.ts";
import { applyChanges } from "../contract/block-change.ts";
import type { CardBlock } from "../contract/card-block.ts";
import {
  type CardDriver,
  type CardWrite,
  CardWriteError,
  type DriverProfile,
  type DriverUsage,
  type OpenedCard,
  type OpenRequest,
} from "../contract/card-driver.ts";

/** Card in the memory of a {@link RecordingDriver}. */
export interface RecordedCard {
  readonly cardId: string;
  readonly messageId: string;
  /** Blocks that the card shows. */
  blocks: readonly CardBlock[];
  /** False once the card is finalized. */
  isStreaming: boolean;
  /** Line for the chat list; empty before the end. */
  summary: string;
  /** Writes that were applied, in order, with the time of each in the clock's milliseconds. */
  readonly writes: { readonly write: CardWrite; readonly at: number }[];
}

/**
 * Fault of one call. `refused`, `refused-for-good`, `gone` and `lost-before` change nothing; with `lost-after` the call is
 * applied and its answer is lost.
 */
export type RecordedFault = "refused" | "refused-for-good" | "gone" | "lost-before" | "lost-after";

/** Options of a {@link RecordingDriver}. */
export interface RecordingDriverOptions {
  /** Kind of cards. @defaultValue "elements" */
  structure?: "elements" | "slots";
  /** Clock of the platform. @defaultValue the machine's */
  clock?: Clock;
  /** Milliseconds from a call to its answer. @defaultValue 0 */
  latencyMs?: number | (() => number);
  /** Changes to the profile. @defaultValue none */
  profile?: Partial<DriverProfile>;
  /** Uploads images. @defaultValue none, so that the platform draws only its own keys */
  image?: CardDriver["image"];
  /** Chooses the fault of a call; `count` counts all calls, from 1 on. @defaultValue none */
  fault?: (call: {
    readonly operation: "open" | CardWrite["type"];
    readonly count: number;
    readonly body: unknown;
  }) => RecordedFault | undefined;
}

const utf8 = (text: string) => new TextEncoder().encode(text).length;

/** Writes a block as text, to measure it. The text of a text block is measured apart from it. */
function textIn(block: CardBlock): string {
  return block.type === "text" ? "" : JSON.stringify(block);
}

const elements: DriverProfile = {
  structure: "elements",
  text: "prefix",
  tail: "hold",
  maxBytes: 28_000,
  maxElements: 180,
  maxTables: 3,
  baseBytes: 200,
  baseElements: 0,
  measure: (block) => ({ bytes: 60 + utf8(textIn(block)), elements: 1 }),
  bytesOf: utf8,
  minIntervalMs: 100,
  dialect: { isImageTarget: (target) => target.startsWith("img_"), passTags: new Set(["br"]) },
};

const slots: DriverProfile = {
  ...elements,
  structure: "slots",
  text: "full",
  tail: "close",
  maxBytes: 9_000,
  minIntervalMs: 800,
};

/**
 * Driver of a platform in memory, for tests of everything above the driver.
 *
 * With slots, a card has one text for the answer, a status, and the named values of `profile.values`.
 */
export class RecordingDriver implements CardDriver {
  readonly profile: DriverProfile;
  /** Uploads images, where the options have it. */
  image?: NonNullable<CardDriver["image"]>;
  /** Cards that the reader can see, in order. */
  readonly cards: RecordedCard[] = [];
  /** Plain messages by their part. */
  readonly texts: string[] = [];
  readonly #options: RecordingDriverOptions;
  readonly #clock: Clock;
  readonly #pages = new Map<string, RecordedCard>();
  #calls = 0;
  #bytes = 0;

  constructor(options: RecordingDriverOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.profile = { ...(options.structure === "slots" ? slots : elements), ...options.profile };
    if (options.image !== undefined) this.image = options.image;
  }

  async open({ blocks, cardIndex, attempt, isWanted, mayShow }: OpenRequest): Promise<OpenedCard> {
    await mayShow;
    if (isWanted?.() === false) throw refusal("The card was given up.");
    const card = await this.#call("open", blocks, () => {
      // A repeated call finds the first card.
      const key = `${cardIndex}.${attempt}`;
      const known = this.#pages.get(key);
      if (known !== undefined) return known;
      const made = this.#make(blocks);
      this.#pages.set(key, made);
      return made;
    });
    return {
      cardId: card.cardId,
      messageId: card.messageId,
      blocks: card.blocks,
      write: (write) => this.#write(card, write),
    };
  }

  async sendText(text: string, part: number): Promise<{ messageId: string }> {
    await this.#call("open", text, () => {
      this.texts[part] = text;
    });
    return { messageId: `text-${part + 1}` };
  }

  usage(): DriverUsage {
    return { calls: this.#calls, bytes: this.#bytes };
  }

  #make(blocks: readonly CardBlock[]): RecordedCard {
    const number = this.cards.length + 1;
    const card: RecordedCard = {
      cardId: `card-${number}`,
      messageId: `message-${number}`,
      blocks: [],
      isStreaming: true,
      summary: "",
      writes: [],
    };
    this.#show(card, blocks);
    this.cards.push(card);
    return card;
  }

  async #write(card: RecordedCard, write: CardWrite): Promise<void> {
    await this.#call(write.type, write, () => {
      card.writes.push({ write, at: this.#clock.now() });
      this.#apply(card, write);
    });
  }

  #apply(card: RecordedCard, write: CardWrite): void {
    switch (write.type) {
      case "text": {
        const known = card.blocks.find(({ id }) => id === write.block.id);
        if (known?.type !== "text") throw refusal(`There is no text block ${write.block.id}.`);
        if (!card.isStreaming) throw refusal("The card is finalized.");
        this.#show(
          card,
          card.blocks.map((block) => (block.id === write.block.id ? write.block : block)),
        );
        return;
      }
      case "structure":
        this.#show(card, applyChanges(card.blocks, write.changes));
        return;
      case "replace":
        this.#show(card, write.blocks);
        return;
      case "finalize":
        if (write.how === "changes") this.#show(card, applyChanges(card.blocks, write.changes));
        if (write.how === "replace") this.#show(card, write.blocks);
        card.isStreaming = false;
        card.summary = write.summary;
    }
  }

  #show(card: RecordedCard, blocks: readonly CardBlock[]): void {
    const ids = blocks.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) throw refusal(`Block ids repeat: ${ids.join(", ")}.`);
    const answers = blocks.filter((block) => block.type === "text" && block.isReasoning !== true);
    if (this.profile.structure === "slots" && answers.length > 1) {
      throw refusal("A card with slots has one text for the answer.");
    }
    card.blocks = blocks;
  }

  async #call<Result>(
    operation: "open" | CardWrite["type"],
    body: unknown,
    apply: () => Result,
  ): Promise<Result> {
    this.#calls += 1;
    this.#bytes += new TextEncoder().encode(JSON.stringify(body)).length;
    const fault = this.#options.fault?.({ operation, count: this.#calls, body });
    const { latencyMs = 0 } = this.#options;
    const latency = typeof latencyMs === "number" ? latencyMs : latencyMs();
    await this.#sleep(latency / 2);
    const applies = fault === undefined || fault === "lost-after";
    const result = applies ? apply() : undefined;
    await this.#sleep(latency / 2);
    if (fault === undefined) return result as Result;
    throw new CardWriteError({
      code: `recorded-${fault}`,
      message: `The recording driver was told to fail (${fault}).`,
      outcome: fault.startsWith("refused") ? "refused" : fault === "gone" ? "gone" : "unknown",
      isRetryable: fault !== "refused-for-good" && fault !== "gone",
    });
  }

  #sleep(delayMs: number): Promise<void> | undefined {
    if (delayMs <= 0) return undefined;
    return new Promise((resolve) => this.#clock.setTimeout(resolve, delayMs));
  }
}

function refusal(message: string): CardWriteError {
  return new CardWriteError({ code: "recorded-rule", message, outcome: "refused" });
}
