/** A stream of events from the server that opens itself again whenever it breaks. */
export interface ReconnectingSource {
  close(): void;
}

export interface SourceListener<Event> {
  onEvent(event: Event): void;
  onLost?(): void;
}

const RETRY_MS = { first: 300, max: 3_000 };

/** @param url on the page's own server, so that both mean the same by an event. */
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
      // Left to itself a browser gives up once the server answers with an error, and some when there is none.
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
