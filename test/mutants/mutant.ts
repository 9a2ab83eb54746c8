/** Change that breaks a promise on purpose. The simulation has to notice. */
export interface Mutant {
  readonly name: string;
  /** Id of the promise that it breaks. */
  readonly breaks: string;
  readonly edits: readonly Edit[];
}

/** Text of a file that is replaced. It has to be there exactly once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export function mutant(
  name: string,
  breaks: string,
  ...edits: readonly (readonly [string, string, string])[]
): Mutant {
  return { name, breaks, edits: edits.map(([file, find, replace]) => ({ file, find, replace })) };
}
