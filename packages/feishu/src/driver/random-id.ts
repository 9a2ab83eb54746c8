import { copyText } from "@streamcard/core/internal";
import { v4 as uuidv4 } from "uuid";

/** Makes a random id. Copied, because the engine builds it as a chain of parts, which a card would keep alive. */
export function randomId(): string {
  return copyText(uuidv4());
}
