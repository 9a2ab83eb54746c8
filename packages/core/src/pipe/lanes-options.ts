import { InvalidOptionError } from "../errors.ts";

/** Options of several sources that share a card. */
export interface LanesOptions {
  /** Beside each other, or one below the other in panels that fold. @defaultValue columns for up to three lanes */
  layout?: "columns" | "panels" | undefined;
  /** Number of sources that run at a time; the others wait for their turn. @defaultValue all */
  concurrency?: number | undefined;
  /** Title of each lane, by its name. @defaultValue the name */
  titles?: Readonly<Record<string, string>> | undefined;
}

/** @throws {InvalidOptionError} when an option can never work. */
export function checkLanesOptions({ layout, concurrency }: LanesOptions = {}): void {
  if (layout !== undefined && layout !== "columns" && layout !== "panels") {
    throw new InvalidOptionError(
      `lanes.layout must be "columns" or "panels", received ${JSON.stringify(layout)}.`,
    );
  }
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0)) {
    throw new InvalidOptionError(
      `lanes.concurrency must be a positive whole number, received ${String(concurrency)}.`,
    );
  }
}
