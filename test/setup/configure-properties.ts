import fc from "fast-check";

// The same cases in every run, so that a red test is about the change at hand; `FAST_CHECK_SEED=2 …` draws others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
