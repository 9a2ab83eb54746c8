import { anObject, checkOption, described, oneOf, wholeNumber } from "../check-option.ts";

/** Options of several sources that share a card. */
export interface LanesOptions {
  /** Place of the lanes: beside each other, or one below the other in panels that fold. @defaultValue columns for up to three lanes */
  layout?: "columns" | "panels" | undefined;
  /** Number of sources that run at a time; the others wait for their turn. @defaultValue all */
  concurrency?: number | undefined;
  /** Title of each lane, by its name. @defaultValue the name */
  titles?: Readonly<Record<string, string>> | undefined;
}

/** Checks the options of lanes. @throws {InvalidOptionError} when an option can never work. */
export function checkLanesOptions({ layout, concurrency, titles }: LanesOptions = {}): void {
  checkOption("lanes.layout", layout, oneOf("columns", "panels"));
  checkOption("lanes.concurrency", concurrency, wholeNumber({ min: 1 }));
  checkOption("lanes.titles", titles, described("an object with the titles by lane", anObject));
}
