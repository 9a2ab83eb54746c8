import type { Candidate } from "./candidate.ts";
import { debounced } from "./debounced.ts";
import { naive } from "./naive.ts";
import { officialSdk } from "./official-sdk.ts";
import { streamcard } from "./streamcard.ts";

/** Candidates in the order of the table's columns. Ratios are to the first. */
export const allCandidates: readonly Candidate[] = [streamcard(), officialSdk, debounced, naive];
