import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageActions } from "../state/page-actions.ts";
import type { Texts } from "../texts/texts.ts";
import type { Notice } from "./toasts.ts";

/** State and functions that components everywhere on the page need. */
export interface Page {
  readonly texts: Texts;
  /** Finds the name of a person or bot by any id that a card may contain. @param unknown text for an id that belongs to nobody. @defaultValue `texts.unknownUser` */
  nameOf(id: string, unknown?: string): string;
  /** People in the open chat. */
  readonly people: readonly { openId: string; name: string }[];
  readonly actions: PageActions;
  /** Panels that the person has folded (false) or unfolded (true), by message and panel. */
  readonly folds: Map<string, boolean>;
  /** Shows a notice for three seconds. */
  notify(notice: Notice): void;
  /** Opens the inspector for the card of a message. */
  inspect(messageId: string): void;
}

export const PageContext = createContext<Page | undefined>(undefined);

/** Reads the page's context. @throws {Error} outside of a page. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error("Only inside a page.");
  return page;
}
