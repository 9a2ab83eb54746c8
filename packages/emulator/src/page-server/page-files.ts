/** Files that a browser loads besides the document, as text. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** Paths at which the build puts the files, relative to the folder of the built modules. */
export const pageFileNames = { script: "page/main.js", style: "page/main.css" } as const;
