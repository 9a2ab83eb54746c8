/** One thing done wrong on purpose. The simulation has to notice. */
export interface Mutant {
  readonly name: string;
  /** The promise that it breaks. */
  readonly breaks: string;
  readonly edits: readonly Edit[];
}

/** Words of a file that are replaced; they have to be there, once. */
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
