import { StreamcardError } from "../errors.ts";

/** Makes the error of a stream that closed too early. @param missing The last thing in a whole stream. */
export function cutOff(missing: string): StreamcardError {
  return new StreamcardError({
    code: "stream-cut-off",
    message: `The model's stream closed without its ${missing}: the connection was cut, or a proxy dropped the end.`,
    isRetryable: true,
  });
}
