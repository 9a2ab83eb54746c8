import { StreamcardError } from "../errors.ts";
import type { MarkdownDialect } from "../markdown/inline-text.ts";
import type { BlockChange } from "./block-change.ts";
import type { CardBlock, CardStatus, TextBlock } from "./card-block.ts";

/** Room that a block takes on a card, as the platform counts it. */
export interface BlockSize {
  /** Bytes of the block. */
  readonly bytes: number;
  /** Elements of the block. */
  readonly elements: number;
}

/** Size of a block that takes no room. */
export const NO_SIZE: BlockSize = { bytes: 0, elements: 0 };

export const cardValues = ["reasoning", "tools", "sources", "lanes", "footer", "actions"] as const;

/** Kind of content that stands on a card beside the answer. */
export type CardValue = (typeof cardValues)[number];

/** Abilities and limits of a platform. Core decides by these alone what to send. */
export interface DriverProfile {
  /**
   * `elements`: blocks can be added to an open card. `slots`: a card has one text, which holds the whole answer, and
   * named values beside it.
   */
  readonly structure: "elements" | "slots";
  /**
   * Values that a card with slots has beside its text and its status; a card with elements shows all of them.
   * @defaultValue none
   */
  readonly values?: readonly CardValue[];
  /**
   * `prefix`: the client types out the new end of a text. `full`: each write draws the whole text. `append`: a write
   * costs its new text alone.
   */
  readonly text: "prefix" | "full" | "append";
  /** `hold`: undecided Markdown waits. `close`: it waits too, and every write closes its open code fence. */
  readonly tail: "hold" | "close";
  /** Most bytes of one card, as the platform counts them, less a margin. */
  readonly maxBytes: number;
  /** Most elements of one card. */
  readonly maxElements: number;
  /** Most tables of one card; further ones are shown as code. */
  readonly maxTables: number;
  /**
   * Number of tool calls that are shown one by one; earlier ones are counted.
   * @defaultValue 20
   */
  readonly maxTools?: number;
  /** Bytes of a card without any block, its summary included. */
  readonly baseBytes: number;
  /** Elements of a card without any block. */
  readonly baseElements: number;
  /** Measures a block, without the blocks in it. */
  readonly measure: (block: CardBlock) => BlockSize;
  /** Counts the bytes of text on a card, escaping included. The counts of two parts add up to that of the whole. */
  readonly bytesOf: (text: string) => number;
  /** Shortest time between two operations on the same card, in milliseconds. */
  readonly minIntervalMs: number;
  /**
   * Milliseconds that a client takes to type one character.
   * @defaultValue 0, for clients that do not type
   */
  readonly typingMs?: number;
  /** Dialect of the platform's Markdown. Without it text is shown as it is. */
  readonly dialect?: MarkdownDialect;
}

/**
 * Operation on a card, told in blocks.
 *
 * `finalize` is the last one: it shows the final blocks and the summary and ends streaming. Its `how` is a ladder that
 * core climbs when the platform refuses: `changes` sends the missing changes, `close` ends streaming with the blocks
 * that are shown, `replace` sends the whole card.
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

/** Rank of a write where a platform's budget is short: opening and finalizing are urgent, writes between are not. */
export type Urgency = "urgent" | "frame";

/** Requests of a driver for one run so far. */
export interface DriverUsage {
  /** HTTP requests, retries included. */
  readonly calls: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
}

/** Request for a card. */
export interface OpenRequest {
  /** Blocks that the card shows first. */
  readonly blocks: readonly CardBlock[];
  /** 0 for the first card of a run, 1 for the one that continues it. */
  readonly cardIndex: number;
  /** 0 for the first card in this place, 1 for the one that is made when the first is gone. */
  readonly attempt: number;
  /** Line for the chat list. Given for a card that is final at once and never streams. */
  readonly summary?: string | undefined;
  /** Turns false when core gives the card up: send nothing more, apart from a write that closes the card. */
  readonly isWanted?: () => boolean;
  /** Resolves once the reader may see the card. It may be made before, while the one before it could still be replaced. */
  readonly mayShow?: Promise<void> | undefined;
}

/** Card that the reader can see. */
export interface OpenedCard {
  /** Platform's id of the card. */
  readonly cardId: string;
  /** Platform's id of the message that shows the card. */
  readonly messageId: string;
  /** Blocks that the card shows. Older than the requested ones where an earlier attempt had made the card already. */
  readonly blocks: readonly CardBlock[];
  /**
   * Carries out one operation. Core never has two in flight on the same card.
   *
   * @throws {CardWriteError} when the platform did not apply it, or may not have.
   */
  write(write: CardWrite): Promise<void>;
  /**
   * Earliest time of the next write, in the clock's milliseconds: the driver keeps the rate that the platform allows on one
   * card, operations of its own included.
   * @defaultValue no limit, but for `profile.minIntervalMs`
   */
  readonly freeAt?: number;
  /**
   * Asks for room in a budget that several cards share. Calls `ready` as soon as there is room, which the next `write`
   * uses. A platform without such a budget leaves this out.
   *
   * @returns A function that gives the room back, or the place in the queue.
   */
  reserve?(write: CardWrite, urgency: Urgency, ready: () => void): () => void;
}

/** Image that a run produced or mentions. */
export type ImageSource =
  | { readonly url: string }
  /** `mediaType` is the producer's word; it may be wrong, or empty. */
  | { readonly mediaType: string; readonly bytes: Uint8Array };

/** Platform's side of one run: makes its cards and writes to them. */
export interface CardDriver {
  /** Abilities and limits of the platform. */
  readonly profile: DriverProfile;
  /** A request waits for a budget that it shares with other runs. Core gives no card up meanwhile. */
  readonly isWaiting?: boolean;
  /**
   * Makes a card and shows it to the reader. Repeating the call with the same page and attempt never shows it twice.
   *
   * @throws {CardWriteError} when there is no card, or may be none.
   */
  open(request: OpenRequest): Promise<OpenedCard>;
  /**
   * Sends text to the same reader without a card. Repeating a part never shows it twice. A platform that cannot do so
   * leaves this out.
   *
   * @param part Number of the message, from 0 on.
   * @throws {CardWriteError} when the message was not sent, or may not have been.
   */
  sendText?(text: string, part: number): Promise<{ messageId: string }>;
  /**
   * Brings an image to the platform.
   *
   * @returns The platform's key of the image; `undefined` where it must not or cannot be shown. Never rejects.
   */
  image?(source: ImageSource): Promise<string | undefined>;
  /**
   * Tells at once if `image` would try an address, because text must not wait for an image that becomes a link anyway.
   * Without this `image` tries every address.
   */
  isImageAllowed?(url: string): boolean;
  /**
   * Tells the reader in a message that the run has ended, because a card that changes notifies nobody. Repeating the
   * call never shows it twice.
   *
   * @param end Status line of the run.
   * @param summary Beginning of the answer, in one line.
   * @throws {CardWriteError} when the message was not sent, or may not have been.
   */
  notify?(end: CardStatus, summary: string): Promise<void>;
  /** Counts the requests of this run so far. */
  usage(): DriverUsage;
}

/** Parts of a {@link CardWriteError}. */
export interface CardWriteErrorOptions {
  /** Kind of the failure; stable, for `switch`. Required. */
  code: string;
  /** Sentence on what was tried and what came back, without secrets and without text of a run. Required. */
  message: string;
  /**
   * Effect on the card. `refused`: nothing changed. `unknown`: the operation may have been applied. `gone`: the card
   * takes no more writes. Required.
   */
  outcome: "refused" | "unknown" | "gone";
  /** True when the same call may succeed later. @defaultValue true for the outcome `unknown`, else false */
  isRetryable?: boolean;
  /** The platform refused the content, so that a simpler card may be taken. @defaultValue false */
  isAboutContent?: boolean;
  /**
   * Expected in daily life, such as a card that is locked while the reader presses a button. `onDeliveryError` is
   * called, the logger is not.
   * @defaultValue false
   */
  isOrdinary?: boolean;
  /** Milliseconds to wait before the next operation. @defaultValue none, where the platform did not say it */
  retryAfterMs?: number | undefined;
  /** Error that led to this one. @defaultValue none */
  cause?: unknown;
}

/** Failure of an operation on a card, with its effect as far as it is known. */
export class CardWriteError extends StreamcardError {
  override readonly name: string = "CardWriteError";
  /** `refused`: nothing changed. `unknown`: it may have been applied. `gone`: the card takes no more writes. */
  readonly outcome: "refused" | "unknown" | "gone";
  /** Milliseconds to wait before the next operation, where the platform said it. */
  readonly retryAfterMs: number | undefined;
  /** The platform refused the content, so that a simpler card may be taken. */
  readonly isAboutContent: boolean;
  /** Expected in daily life: `onDeliveryError` is called, the logger is not. */
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

  /** Tells this error and its subclasses from others, also across two installed copies of the package. */
  static override isInstance(error: unknown): error is CardWriteError {
    return StreamcardError.isInstance(error) && "outcome" in error;
  }
}

/** Turns any error of a driver into a {@link CardWriteError}: an unexpected one may have come after the effect. */
export function toCardWriteError(error: unknown): CardWriteError {
  if (CardWriteError.isInstance(error)) return error;
  return new CardWriteError({
    code: "driver-failed",
    message: "The driver failed in an unexpected way.",
    outcome: "unknown",
    cause: error,
  });
}

/** Tells whether a card of the platform shows a kind of content. */
export function showsValue(
  { structure, values }: Pick<DriverProfile, "structure" | "values">,
  value: CardValue,
): boolean {
  return structure === "elements" || values?.includes(value) === true;
}
