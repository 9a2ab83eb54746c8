import { useCallback, useState } from "preact/hooks";

export interface InspectorHandle {
  readonly isInspecting: boolean;
  /** The message that was chosen; the newest card is looked into if it is not on the page. */
  readonly inspectedId: string | undefined;
  toggle(): void;
  inspect(messageId: string): void;
}

const KEY = "inspector";

/** Whether the inspector is open, which this browser remembers, and for which card. */
export function useInspector(): InspectorHandle {
  const [isInspecting, setInspecting] = useState(localStorage.getItem(KEY) === "open");
  const [inspectedId, setInspected] = useState<string>();
  const remember = (isOpen: boolean): boolean => {
    if (isOpen) localStorage.setItem(KEY, "open");
    else localStorage.removeItem(KEY);
    return isOpen;
  };
  return {
    isInspecting,
    inspectedId,
    toggle: useCallback(() => setInspecting((isOpen) => remember(!isOpen)), []),
    inspect: useCallback((messageId: string) => {
      setInspecting(remember(true));
      setInspected(messageId);
    }, []),
  };
}
