import type { CardBlock, SourcesBlock } from "../contract/card-block.ts";
import type { BlockSize, CardWrite, DriverProfile } from "../contract/card-driver.ts";
import type { ImageTargets } from "../markdown/image-target.ts";
import type { FilePart } from "../run/run-part.ts";
import type { LaneView } from "../view/lane-view.ts";
import type { RunView } from "../view/run-view.ts";

/** Images of a run on their way to the platform. */
interface PagedImages extends ImageTargets {
  /** The platform's key; `undefined` while uploading and after a refusal. */
  keyOf(file: FilePart): string | undefined;
  /** Tells if the platform will not draw an image. */
  isLost(file: FilePart): boolean;
}

export interface PagerOptions {
  readonly profile: DriverProfile;
  /** Room that each page keeps free for the blocks at its foot. */
  readonly foot: BlockSize;
  readonly view: Pick<RunView, "drawTool" | "drawReasoning">;
  readonly images: PagedImages;
}

export interface UpdateOptions {
  /** Text that is undecided is shown as it stands. */
  readonly isReleasing?: boolean;
  /** Bytes from which on a slice closes at the next good place, where the pager cuts slices. */
  readonly sliceBytes?: number;
}

/**
 * Division of a run's output into pages, one for each card. A cut, once made, never moves: text only grows at the end
 * of the newest page, and a page is left for good.
 */
export interface Pager {
  readonly pageCount: number;
  /** Text is held back because its Markdown is undecided. */
  readonly isHolding: boolean;
  /** Characters on all pages, which tells whether anything was added. */
  readonly shownLength: number;
  /** Bytes that the texts take on all pages. */
  readonly textBytes: number;
  /** Takes in the run's output since the last call. */
  update(lanes: readonly LaneView[], options?: UpdateOptions): void;
  /**
   * Puts the sources behind the answer, as many links as there is room for. Later calls are ignored once they stand
   * there.
   */
  placeSources(block: SourcesBlock): void;
  /** Draws the blocks of a page as they are now, without its foot. @param isFinal Nothing will be added to the page. */
  blocks(pageIndex: number, isFinal: boolean): CardBlock[];
  /** Takes room on a page for a block of a layout, in place of another size. @returns false where there is none. */
  takeRoom(pageIndex: number, size: BlockSize, instead: BlockSize): boolean;
  /** Returns the run's text on a page behind the text that its blocks show, whose lengths are given by id. */
  textAfter(pageIndex: number, shown: ReadonlyMap<string, number>): string;
  /** Lets go of the text of a page that will not be written again. */
  forget(pageIndex: number): void;
  /** Notes that the platform acknowledged a write. */
  noteWritten(write: CardWrite): void;
  /** Notes that the platform refused a write for good. */
  noteRefused(write: CardWrite): void;
}
