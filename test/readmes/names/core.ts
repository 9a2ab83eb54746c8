/** Names that the programs of core's READMEs leave to their reader. */
import type { CardSource } from "@streamcard/core";
import type { CardDriver } from "@streamcard/core/driver";
import type { ReadCard } from "@streamcard/core/testing";

export declare const source: CardSource;
export declare function createDriver(): CardDriver;
export declare function readCard(cardId: string): ReadCard;
