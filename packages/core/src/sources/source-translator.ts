/** A reader of one kind of stream. */
export interface SourceTranslator {
  /** Takes in a chunk. @returns `false` if it is of another kind: then nothing was done with it. */
  read(chunk: unknown): boolean;
  /** Takes in that the stream closed. @returns An error, if it closed in the middle of a message. */
  end(): Error | undefined;
}
