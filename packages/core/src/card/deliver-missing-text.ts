import type { CardStatus } from "../contract/card-block.ts";
import type { CardDriver } from "../contract/card-driver.ts";
import type { Delivery } from "../contract/card-result.ts";
import type { MissingText } from "./run-cards.ts";
import { type SendInTimeParts, sendInTime } from "./send-in-time.ts";

/** Longest text of one plain message, in UTF-16 units. */
const MAX_MESSAGE_LENGTH = 20_000;

export interface DeliverMissingTextParts extends SendInTimeParts {
  readonly driver: CardDriver;
  /** Status that tells the end of the run. */
  readonly end: CardStatus | undefined;
}

/**
 * Sends the text that no card shows in plain messages, or all of the text where no card shows any.
 *
 * @param whole All of the text.
 * @returns the part of the text that the reader has then.
 */
export async function deliverMissingText(
  missing: MissingText,
  whole: string,
  parts: DeliverMissingTextParts,
): Promise<Delivery> {
  const { isNothingShown } = missing;
  const text = isNothingShown ? whole : missing.text;
  const { driver, end } = parts;
  // The cards show all of the text, but do not tell that it has ended.
  if (text.trim() === "" && !isNothingShown && end !== undefined && driver.notify !== undefined) {
    return (await sendInTime(() => driver.notify?.(end, ""), parts)) ? "message" : "partial";
  }
  if (text.trim() === "" || driver.sendText === undefined) {
    return isNothingShown ? "none" : "partial";
  }
  let hasSent = false;
  for (const [part, message] of messagesOf(text).entries()) {
    if (!(await sendInTime(() => driver.sendText?.(message, part), parts))) {
      return isNothingShown && !hasSent ? "none" : "partial";
    }
    hasSent = true;
  }
  return "message";
}

/** Splits a text into messages, without splitting a character. */
function messagesOf(text: string): string[] {
  const messages: string[] = [];
  for (let at = 0; at < text.length; ) {
    const last = text.charCodeAt(at + MAX_MESSAGE_LENGTH - 1);
    const splitsPair = last >= 0xd800 && last <= 0xdbff;
    const end = at + MAX_MESSAGE_LENGTH - (splitsPair ? 1 : 0);
    messages.push(text.slice(at, end));
    at = end;
  }
  return messages;
}
