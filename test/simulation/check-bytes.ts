import type { Outcome } from "./simulate.ts";

/** What an operation takes beside what it brings: addresses of elements, the slice that is open. */
const BYTES_PER_REQUEST = 3_000;

/** A block that cannot be cut is sent again whenever it has grown by 4 %. */
const TIMES_SENT = 25;

/** P9: what is sent grows with what is shown, not with its square. */
export function checkBytes({ scenario, requests, cards }: Outcome): string[] {
  // What fails is sent again.
  if (scenario.fault !== undefined) return [];
  const sent = requests.reduce((sum, { requestBytes }) => sum + requestBytes, 0);
  const shown = cards.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = requests.length * BYTES_PER_REQUEST + shown * TIMES_SENT;
  return sent > most ? [`P9: ${sent} bytes were sent for ${shown} that are shown`] : [];
}
