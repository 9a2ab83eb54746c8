import { inspect } from "node:util";

/** Prints an error with its causes and fields as a console does, without stack traces. */
export function whole(error: unknown): string {
  return inspect(error, { depth: 8 }).replace(/^ +at .*$/gm, "");
}
