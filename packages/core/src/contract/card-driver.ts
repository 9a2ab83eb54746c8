import { StreamcardError } from "../errors.ts";
import type { MarkdownDialect } from "../markdown/inline-text.ts";
import type { BlockChange } from "./block-change.ts";
import type { CardBlock, CardStatus, TextBlock } from "./card-block.ts";

export interface BlockSize {
  /** As the platform counts those of a card. */
  readonly bytes: number;
  readonly elements: number;
}

/** Size of a block that takes no room. */
export const NO_SIZE: BlockSize = { bytes: 0, elements: 0 };

/** What a platform can show and how fast. Core decides by these, and by nothing else, what to send. */
export interface DriverProfile {
  /** `elements`: blocks can be added to an open card. `slots`: a card has one text, which holds all blocks. */
  readonly structure: "elements" | "slots";
  /**
   * `prefix`: text that grows is typed out by the client. `full`: each frame is drawn as a whole. `append`: only what
   * is new of a text costs anything.
   */
  readonly text: "prefix" | "full" | "append";
  /** `hold`: undecided Markdown waits. `close`: every frame also has its open code fence closed. */
  readonly tail: "hold" | "close";
  /** Size of one card, as the platform counts it, with a margin. */
  readonly maxBytes: number;
  readonly maxElements: number;
  readonly maxTables: number;
  /**
   * Tool calls that are shown one by one; earlier ones are counted.
   * @defaultValue 20
   */
  readonly maxTools?: number;
  /** What a card takes without any block, its summary included. */
  readonly baseBytes: number;
  readonly baseElements: number;
  /** What a block takes, without those that are in it. */
  readonly measure: (block: CardBlock) => BlockSize;
  /** Bytes that text takes on the card, escaping included. Adds up: the parts of a text take what the text takes. */
  readonly bytesOf: (text: string) => number;
  /** Shortest time between two operations on the same card: what it allows in a second, spread over it. */
  readonly minIntervalMs: number;
  /**
   * Time that a client takes to type a character, in milliseconds.
   * @defaultValue 0, for clients that do not type
   */
  readonly typingMs?: number;
  /** Absent where text is no Markdown for whoever reads it: then it is shown as it is. */
  readonly dialect?: MarkdownDialect;
}

/**
 * One operation on a card, said of blocks.
 *
 * `finalize` is the last one: it brings the card to its final blocks, gives it its summary and ends streaming.
 * `how` it gets there is a ladder that core climbs when the platform refuses: by the changes that are missing,
 * by closing the stream over what is shown, or by replacing the whole card.
 */
export type CardWrite =
  | { readonly type: "text"; readonly block: TextBlock }
  | { readonly type: "structure"; readonly changes: readonly BlockChange[] }
  | { readonly type: "replace"; readonly blocks: readonly CardBlock[] }
  | {
      readonly type: "finalize";
      readonly how: "changes" | "close" | "replace";
      readonly blocks: readonly CardBlock[];
      readonly changes: readonly BlockChange[];
      readonly summary: string;
    };

/** Who goes first where a platform's budget is short: first paint and finalizing before the frames in between. */
export type Urgency = "urgent" | "frame";

/** What a driver has spent on one card so far. */
export interface DriverUsage {
  /** HTTP requests, retries included. */
  readonly calls: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
}

export interface OpenRequest {
  readonly blocks: readonly CardBlock[];
  /** 0 for the first card of a run, 1 for the one that continues it. */
  readonly page: number;
  /** 0 for the page's first card, 1 for the one in its place when the first is gone. */
  readonly attempt: number;
  /** Given where the card is final at once and never streams: its line for the chat list. */
  readonly summary?: string | undefined;
  /** False once the card was given up: then nothing is sent any more, but for a write that closes it. */
  readonly isWanted?: () => boolean;
  /** Until then the card may be made, but the reader must not see it: the one before it could still be replaced. */
  readonly turn?: Promise<void> | undefined;
}

/** A card that the reader can see. */
export interface OpenedCard {
  readonly cardId: string;
  readonly messageId: string;
  /** What it shows: older than what was asked for where an earlier attempt had made the card already. */
  readonly blocks: readonly CardBlock[];
  /**
   * Carries out one operation. Core never has two under way on the same card.
   *
   * @throws {CardWriteError} when the platform did not apply it, or may not have.
   */
  write(write: CardWrite): Promise<void>;
  /** When it may take its next operation, where its driver has made some of its own accord. In the clock's milliseconds. */
  readonly freeAt?: number;
  /**
   * Asks for room in a budget that cards share. Calls back once there is some, at once where there is;
   * the next `write` uses it. Without this the platform has no such budget.
   *
   * @returns what gives the room, or the place in the queue, back.
   */
  reserve?(write: CardWrite, urgency: Urgency, ready: () => void): () => void;
}

/** An image that a run produced or mentions. */
export type ImageSource =
  | { readonly url: string }
  /** `mediaType` is what the producer says; it may be wrong, or empty. */
  | { readonly mediaType: string; readonly bytes: Uint8Array };

/** A platform's side of one run: makes its cards and writes to them. */
export interface CardDriver {
  readonly profile: DriverProfile;
  /** Requests of this run wait for the budget that it shares with others: no time of its own passes. */
  readonly isWaiting?: boolean;
  /**
   * Makes a card and shows it to the reader. Repeating the call with the same page and attempt never shows it twice.
   *
   * @throws {CardWriteError}
   */
  open(request: OpenRequest): Promise<OpenedCard>;
  /**
   * Sends text to the same reader without a card, where that is possible. Repeating a part never shows it twice.
   *
   * @throws {CardWriteError}
   */
  sendText?(text: string, part: number): Promise<{ messageId: string }>;
  /**
   * Makes an image something that the platform can draw.
   *
   * @returns its key, or `undefined` where it must not or cannot be shown. Never rejects.
   */
  image?(source: ImageSource): Promise<string | undefined>;
  /**
   * Whether `image` would try a URL. Told at once, so that no text waits for an image that will be a link.
   * Left out: it would try every one.
   */
  isImageAllowed?(url: string): boolean;
  /**
   * Tells the reader in a message how the run has ended: a card that changes tells nobody. Repeating it never shows it twice.
   *
   * @param summary The beginning of the answer, in one line.
   * @throws {CardWriteError}
   */
  notify?(end: CardStatus, summary: string): Promise<void>;
  usage(): DriverUsage;
}

export interface CardWriteErrorOptions {
  code: string;
  message: string;
  /**
   * `refused`: nothing changed. `unknown`: it may have been applied. `gone`: the card takes no more writes.
   */
  outcome: "refused" | "unknown" | "gone";
  isRetryable?: boolean;
  /** The platform will not draw what it was sent: less to draw may be taken. */
  isAboutContent?: boolean;
  /** Nothing is wrong, such as while the reader presses a button: `onDeliveryError` is told, the logger is not. */
  isOrdinary?: boolean;
  /** How long to wait before the next operation, where the platform said it. */
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** An operation on a card that failed, and what is known of its effect. */
export class CardWriteError extends StreamcardError {
  override readonly name: string = "CardWriteError";
  readonly outcome: "refused" | "unknown" | "gone";
  readonly retryAfterMs: number | undefined;
  readonly isAboutContent: boolean;
  readonly isOrdinary: boolean;

  constructor({
    outcome,
    retryAfterMs,
    isRetryable = outcome === "unknown",
    isAboutContent = false,
    isOrdinary = false,
    ...options
  }: CardWriteErrorOptions) {
    super({ ...options, isRetryable });
    this.outcome = outcome;
    this.retryAfterMs = retryAfterMs;
    this.isAboutContent = isAboutContent;
    this.isOrdinary = isOrdinary;
  }
}

/** Reads any error of a driver as what it means for the card. An error of unknown kind may have come after the effect. */
export function toCardWriteError(error: unknown): CardWriteError {
  if (StreamcardError.isInstance(error) && "outcome" in error) return error as CardWriteError;
  return new CardWriteError({
    code: "driver-failed",
    message: "The driver failed in an unexpected way.",
    outcome: "unknown",
    cause: error,
  });
}
