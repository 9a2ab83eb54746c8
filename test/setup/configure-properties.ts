import fc from "fast-check";
import { cases } from "./cases.ts";

// The same cases each time, so that a red test is about the change at hand; `FAST_CHECK_SEED=2 …` draws others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1), numRuns: cases() });
