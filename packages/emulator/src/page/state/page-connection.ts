import type { PageEvent } from "../../page-protocol/page-event.ts";
import { openSource, type ReconnectingSource, type SourceListener } from "./reconnecting-source.ts";

/** What the page wants to learn of. */
interface Subject {
  /** The chat that is open. */
  chatId: string | undefined;
  /** How many of its messages. */
  messageCount: number;
  /** Open id of the person who looks; the first person if it is "". */
  actorId: string;
}

/** The stream of events from the server. */
export interface PageConnection {
  /** Connects, or connects anew, to learn of everything and of one chat in particular. */
  open(subject: Subject): void;
}

export function createPageConnection(listener: SourceListener<PageEvent>): PageConnection {
  let source: ReconnectingSource | undefined;
  return {
    open: ({ chatId, messageCount, actorId }) => {
      const query = new URLSearchParams({ count: String(messageCount) });
      if (chatId !== undefined) query.set("chat", chatId);
      if (actorId !== "") query.set("as", actorId);
      source?.close();
      source = openSource(`/page/events?${query}`, listener);
    },
  };
}
