import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageActions } from "../state/page-actions.ts";
import type { Texts } from "../texts/texts.ts";
import type { Notice } from "./toasts.ts";

/** What components everywhere on the page need. */
export interface Page {
  readonly texts: Texts;
  /** The name of a person or bot, by any id that a card may have; `unknown` is what is said of nobody. */
  nameOf(id: string, unknown?: string): string;
  /** Who is in the open chat. */
  readonly people: readonly { openId: string; name: string }[];
  readonly actions: PageActions;
  /** By message and panel, whether the person has unfolded it. */
  readonly folds: Map<string, boolean>;
  /** Shows something for a moment. */
  notify(notice: Notice): void;
  /** Opens the inspector for the card of a message. */
  inspect(messageId: string): void;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error("Only inside a page.");
  return page;
}
