import type { ServerResponse } from "node:http";

// A page that leaves more than this unread is disconnected. It connects again and gets the full state.
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;

/** Starts a stream of server-sent events. @returns a function that sends an event. */
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
    if (outgoing.writableLength > MAX_UNREAD_BYTES) outgoing.destroy();
  };
}
