import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { JsonObject, JsonValue } from "../../../ground/json.ts";
import type { ShownCard } from "../../state/page-state.ts";

/** Facts about a card that its components need. */
export interface CardScope {
  readonly messageId: string;
  readonly card: ShownCard;
  /** Draws a list of components. It is passed down here, because it imports every component and containers cannot import it. */
  draw(elements: JsonValue | undefined): ComponentChildren;
}

export const CardContext = createContext<CardScope | undefined>(undefined);

/** Reads the card that a component is in. @throws {Error} outside of a card. */
export function useCard(): CardScope {
  const scope = useContext(CardContext);
  if (scope === undefined) throw new Error("Only inside a card.");
  return scope;
}

/** Properties of every component's drawing function. */
export interface ElementProps {
  /** JSON of the component. */
  readonly node: JsonObject;
}
