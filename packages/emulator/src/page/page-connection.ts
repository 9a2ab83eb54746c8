import type { PageEvent } from "./page-event.ts";

/** The stream of events from the server. It opens itself again whenever it breaks. */
export interface PageConnection {
  /** Connects, or connects anew, to learn of everything and of one chat in particular. */
  open(chatId: string | undefined, messageCount: number): void;
}

export interface ConnectionListener {
  onEvent(event: PageEvent): void;
  onLost(): void;
}

const RETRY_MS = { first: 300, max: 3_000 };

export function createPageConnection({ onEvent, onLost }: ConnectionListener): PageConnection {
  let source: EventSource | undefined;
  let retryMs = RETRY_MS.first;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = (url: string): void => {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(url);
    source = opened;
    opened.onmessage = ({ data }) => {
      retryMs = RETRY_MS.first;
      // The page comes from the same server as its events, so that both mean the same by them.
      onEvent(JSON.parse(data) as PageEvent);
    };
    opened.onerror = () => {
      // Left to itself a browser gives up once the server answers with an error, and some when there is none.
      opened.close();
      if (source !== opened) return;
      onLost();
      timer = setTimeout(() => open(url), retryMs);
      retryMs = Math.min(2 * retryMs, RETRY_MS.max);
    };
  };

  return {
    open: (chatId, messageCount) => {
      const query = new URLSearchParams({ count: String(messageCount) });
      if (chatId !== undefined) query.set("chat", chatId);
      open(`/page/events?${query}`);
    },
  };
}
