import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export interface StickToEnd {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  toEnd(): void;
}

// A reader who is at most this far from the end counts as being there.
const END_DISTANCE_PX = 32;

/** Keeps a scrolled list at its end while it grows, as long as the reader is at the end. */
export function useStickToEnd(): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);

  useEffect(() => {
    const [outer, inner] = [scroller.current, content.current];
    if (outer === null || inner === null) return;
    const onScroll = (): void => {
      sticks.current = outer.scrollHeight - outer.scrollTop - outer.clientHeight < END_DISTANCE_PX;
      setAtEnd(sticks.current);
    };
    const observer = new ResizeObserver(() => {
      if (sticks.current) outer.scrollTop = outer.scrollHeight;
      else onScroll();
    });
    observer.observe(outer);
    observer.observe(inner);
    outer.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      outer.removeEventListener("scroll", onScroll);
    };
  }, []);

  return {
    scroller,
    content,
    isAtEnd,
    toEnd: () => {
      sticks.current = true;
      if (scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight;
    },
  };
}
