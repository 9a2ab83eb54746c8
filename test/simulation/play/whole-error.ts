import { inspect } from "node:util";

/** An error with its causes and its fields, as a console shows it, without the places in the code. */
export function whole(error: unknown): string {
  return inspect(error, { depth: 8 }).replace(/^ +at .*$/gm, "");
}
