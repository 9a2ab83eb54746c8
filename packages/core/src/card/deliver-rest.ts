import { type Clock, wait } from "../clock.ts";
import type { CardStatus } from "../contract/card-block.ts";
import { type CardDriver, toCardWriteError } from "../contract/card-driver.ts";
import type { Delivery } from "../contract/card-result.ts";
import type { MissingText } from "./run-cards.ts";
import type { TroubleReport } from "./trouble-report.ts";

/** Longest text of one plain message, in UTF-16 units. */
const MESSAGE_LENGTH = 20_000;

/** A message that the platform does not take for so long is given up. */
const MESSAGE_MS = 3_000;
const RETRY_MS = 300;

export interface Outlet {
  /** How the run ended, and the line for the chat list. */
  readonly end: CardStatus | undefined;
  readonly summary: string;
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly report: TroubleReport;
}

/** Sends what is on no card as plain messages. @returns how much of the text the reader has then. */
export async function deliverRest(rest: MissingText, whole: string, outlet: Outlet): Promise<Delivery> {
  const text = rest.isNothingShown ? whole : rest.text;
  const { driver, end } = outlet;
  // The text is there; that it ends there is what the reader does not know.
  if (text.trim() === "" && !rest.isNothingShown && end !== undefined && driver.notify !== undefined) {
    return (await inTime(() => driver.notify?.(end, ""), outlet)) ? "message" : "partial";
  }
  if (text.trim() === "" || driver.sendText === undefined) {
    return rest.isNothingShown ? "none" : "partial";
  }
  let hasSent = false;
  for (const [part, message] of messagesOf(text).entries()) {
    if (!(await inTime(() => driver.sendText?.(message, part), outlet))) {
      return rest.isNothingShown && !hasSent ? "none" : "partial";
    }
    hasSent = true;
  }
  return "message";
}

function messagesOf(text: string): string[] {
  const messages: string[] = [];
  for (let at = 0; at < text.length; ) {
    const last = text.charCodeAt(at + MESSAGE_LENGTH - 1);
    const splitsPair = last >= 0xd800 && last <= 0xdbff;
    const end = at + MESSAGE_LENGTH - (splitsPair ? 1 : 0);
    messages.push(text.slice(at, end));
    at = end;
  }
  return messages;
}

/** Sends a message, again where that may help, for a short time. @returns whether it was sent. */
export async function inTime(
  send: () => Promise<unknown> | undefined,
  { clock, report }: Omit<Outlet, "end" | "summary">,
): Promise<boolean> {
  let timer: unknown;
  const timeIsUp = new Promise<"late">((resolve) => {
    timer = clock.setTimeout(() => resolve("late"), MESSAGE_MS);
  });
  const end = clock.now() + MESSAGE_MS;
  try {
    for (;;) {
      const sent = send()?.then(() => "sent" as const, toCardWriteError);
      const outcome = await Promise.race([sent, timeIsUp]);
      if (outcome === "sent") return true;
      if (outcome === "late" || outcome === undefined) return false;
      report.note(outcome);
      const waitMs = outcome.retryAfterMs ?? RETRY_MS;
      if (!outcome.isRetryable || clock.now() + waitMs >= end) return false;
      await wait(clock, waitMs);
    }
  } finally {
    clock.clearTimeout(timer);
  }
}
