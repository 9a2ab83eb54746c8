import type { PageEvent } from "../../page-protocol/page-event.ts";
import { emptyState, type LocalEvent, type PageState, reducePage } from "./page-state.ts";

/** Holds the page's state and draws it, once for all events of a frame. */
export interface PageStore {
  readonly state: PageState;
  dispatch(event: PageEvent | LocalEvent): void;
}

export function createPageStore(draw: (state: PageState) => void): PageStore {
  let state = emptyState;
  let isDrawDue = false;
  const drawNow = (): void => {
    if (!isDrawDue) return;
    isDrawDue = false;
    draw(state);
  };
  return {
    get state() {
      return state;
    },
    dispatch: (event) => {
      const next = reducePage(state, event);
      if (next === state) return;
      state = next;
      if (isDrawDue) return;
      isDrawDue = true;
      // A page in the background has no frames. It draws when it is visible again.
      requestAnimationFrame(drawNow);
    },
  };
}
