import type { Part } from "./card-parts.ts";

/** Pictures and people that the cards of the gallery refer to. */
interface Exhibits {
  /** Keys of uploaded pictures: a wide one, a tall one and a square one. */
  readonly images: { readonly wide: string; readonly tall: string; readonly square: string };
  /** Open ids of people. */
  readonly people: readonly string[];
}

/** One chat of the gallery. */
export interface Chapter {
  readonly name: string;
  cards(exhibits: Exhibits): Part[];
}
