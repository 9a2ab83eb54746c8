/** Reads one kind of stream. */
export interface SourceTranslator {
  /** Takes in a chunk. @returns `false` where it is of another kind, and nothing was done with it. */
  read(chunk: unknown): boolean;
  /** The source closed. @returns what to blame, where it closed in the middle of a message. */
  end(): Error | undefined;
}
