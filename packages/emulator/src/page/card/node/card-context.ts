import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { JsonObject, JsonValue } from "../../../ground/json.ts";
import type { ShownCard } from "../../state/page-state.ts";

/** What the components of one card need to know of it. */
export interface CardScope {
  readonly messageId: string;
  readonly card: ShownCard;
  /** Draws a list of components. Containers get it from here, for it knows them all. */
  draw(elements: JsonValue | undefined): ComponentChildren;
}

export const CardContext = createContext<CardScope | undefined>(undefined);

export function useCard(): CardScope {
  const scope = useContext(CardContext);
  if (scope === undefined) throw new Error("Only inside a card.");
  return scope;
}

/** A component of a card as its drawing function gets it. */
export interface ElementProps {
  readonly node: JsonObject;
}
