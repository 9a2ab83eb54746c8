import { copyText } from "@streamcard/core/internal";
import { v4 as uuidv4 } from "uuid";

/** A random id. Copied, because it comes as a chain of its parts, and cards keep it. */
export function randomId(): string {
  return copyText(uuidv4());
}
