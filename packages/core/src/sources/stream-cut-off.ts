import { StreamcardError } from "../errors.ts";

/** @param missing what a whole stream ends with */
export function cutOff(missing: string): StreamcardError {
  return new StreamcardError({
    code: "stream-cut-off",
    message: `The model's stream closed without its ${missing}: the connection was cut, or a proxy dropped the end.`,
    isRetryable: true,
  });
}
