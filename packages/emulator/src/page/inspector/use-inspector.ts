import { useCallback, useState } from "preact/hooks";

export interface InspectorHandle {
  readonly isInspecting: boolean;
  /** Message whose card was chosen. If it is not on the page, the newest card is inspected. */
  readonly inspectedId: string | undefined;
  toggle(): void;
  inspect(messageId: string): void;
}

const KEY = "inspector";

/** Keeps the state of the inspector: open or closed, which the browser remembers, and the chosen card. */
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
