import type { CutKind } from "./block-line.ts";

/** Receiver of the text that may be shown. */
export interface MarkdownSink {
  /** Takes text that may be shown now; it is never taken back. */
  write(display: string, piece?: Piece): void;
  /** Notes that the text may be cut before the next write; `fence`: between blocks, and code follows. */
  cut(kind: CutKind | "fence"): void;
  /** Decides on a table that begins: true to draw it as one, false to show it as code. */
  takeTable(): boolean;
}

/** Text that stands for other text, or must not be cut. */
export interface Piece {
  /** The text must not be cut. */
  readonly isWhole: boolean;
  /** Length of the raw text that it stands for, in UTF-16 units. */
  readonly rawLength: number;
  /** The text closes a block. Every page keeps room for that. */
  readonly isClosing?: boolean;
}

/** Text around a cut inside a block, so that both halves are drawn as the same kind of block. */
export interface Bridge {
  /** Line that closes the open block before the cut. */
  readonly close: string;
  /** Text that opens the same block after the cut. */
  readonly reopen: string;
  /** Shortest text that opens the same block, for a card with little room. */
  readonly reopenShort: string;
}
