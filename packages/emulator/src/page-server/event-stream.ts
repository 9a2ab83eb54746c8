import type { ServerResponse } from "node:http";

// A page that reads so slowly that this much waits for it is cut off; it connects again and starts anew.
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Starts a stream of server-sent events. @returns what sends one. */
export function openEventStream(outgoing: ServerResponse): (event: object) => void {
  outgoing.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  });
  return (event) => {
    if (outgoing.destroyed) return;
    outgoing.write(`data: ${JSON.stringify(event)}\n\n`);
    if (outgoing.writableLength > MAX_WAITING_BYTES) outgoing.destroy();
  };
}
