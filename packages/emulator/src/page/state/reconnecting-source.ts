/** A stream of events from the server that reconnects whenever it breaks, after 300 ms and at most 3 s. */
export interface ReconnectingSource {
  close(): void;
}

export interface SourceListener<Event> {
  onEvent(event: Event): void;
  onLost?(): void;
}

const RETRY_MS = { first: 300, max: 3_000 };

/** @param url address on the page's own server, whose events have the type `Event`. */
export function openSource<Event>(
  url: string,
  { onEvent, onLost }: SourceListener<Event>,
): ReconnectingSource {
  let source: EventSource | undefined;
  let retryMs = RETRY_MS.first;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = (): void => {
    const opened = new EventSource(url);
    source = opened;
    opened.onmessage = ({ data }) => {
      retryMs = RETRY_MS.first;
      onEvent(JSON.parse(data) as Event);
    };
    opened.onerror = () => {
      // Closed and reopened here, because a browser gives up when the server answers with an error, and some when it is gone.
      opened.close();
      if (source !== opened) return;
      onLost?.();
      timer = setTimeout(open, retryMs);
      retryMs = Math.min(2 * retryMs, RETRY_MS.max);
    };
  };

  open();
  return {
    close: () => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    },
  };
}
