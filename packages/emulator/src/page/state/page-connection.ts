import type { PageEvent } from "../../page-protocol/page-event.ts";
import { openSource, type ReconnectingSource, type SourceListener } from "./reconnecting-source.ts";

/** State of the page that decides which events it gets. */
interface Subject {
  /** The open chat. */
  chatId: string | undefined;
  /** Number of the chat's newest messages to get. */
  messageCount: number;
  /** Open id of the person at the page, or "" for the first person. */
  actorId: string;
}

/** Stream of events from the server. */
export interface PageConnection {
  /** Connects for the chats of a person and the messages of one chat, in the place of an earlier connection. */
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
