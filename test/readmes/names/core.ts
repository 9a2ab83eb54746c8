/** Names that the programs of core's READMEs leave to their reader. */
import type { CardSource, CardStream } from "@streamcard/core";
import type { CardDriver } from "@streamcard/core/driver";

export declare const source: CardSource;
export declare const card: CardStream;
export declare const driver: CardDriver;
