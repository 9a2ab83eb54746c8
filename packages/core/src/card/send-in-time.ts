import { type Clock, wait } from "../clock.ts";
import { toCardWriteError } from "../contract/card-driver.ts";
import { withinTimeOr } from "../within-time.ts";
import type { TroubleReport } from "./trouble-report.ts";

/** Longest time in milliseconds that the platform has for taking one message. */
const MAX_MESSAGE_MS = 3_000;

/** Wait in milliseconds before a message is sent again, unless the platform names one. */
const RETRY_MS = 300;

export interface SendInTimeParts {
  readonly clock: Clock;
  readonly report: Pick<TroubleReport, "note">;
}

/**
 * Sends a message, again where that may help, for a short time.
 *
 * @param send Returns `undefined` where the platform has no such message.
 * @returns true if the platform took it in time.
 */
export function sendInTime(
  send: () => Promise<unknown> | undefined,
  { clock, report }: SendInTimeParts,
): Promise<boolean> {
  const end = clock.now() + MAX_MESSAGE_MS;
  const trySending = async (): Promise<boolean> => {
    for (;;) {
      try {
        const sending = send();
        if (sending === undefined) return false;
        await sending;
        return true;
      } catch (thrown) {
        if (clock.now() >= end) return false;
        const error = toCardWriteError(thrown);
        report.note(error);
        const waitMs = error.retryAfterMs ?? RETRY_MS;
        if (!error.isRetryable || clock.now() + waitMs >= end) return false;
        await wait(clock, waitMs);
      }
    }
  };
  return withinTimeOr(clock, MAX_MESSAGE_MS, trySending(), false);
}
