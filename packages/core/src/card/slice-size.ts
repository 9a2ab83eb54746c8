/** Number of writes whose text makes a slice, within the bounds below. */
const SLICE_WRITES = 5;
const MIN_SLICE_BYTES = 110;
export const MAX_SLICE_BYTES = 2_500;

/**
 * Target size of a slice. A slice is sent whole with each write, so it should be small; where a new one begins, some
 * text waits for a write of its own, so it should be large where much text comes between two writes.
 */
export class SliceSize {
  /** Time of the last look before the first text. */
  #textSince = 0;

  /**
   * Returns the target in bytes.
   *
   * @param textBytes Text of the run so far, in bytes.
   * @param periodMs Time between two writes, in milliseconds.
   */
  at(now: number, textBytes: number, periodMs: number): number {
    if (textBytes === 0) this.#textSince = now;
    const bytesPerWrite = (textBytes * periodMs) / Math.max(now - this.#textSince, periodMs, 1);
    return Math.min(Math.max(bytesPerWrite * SLICE_WRITES, MIN_SLICE_BYTES), MAX_SLICE_BYTES);
  }
}
