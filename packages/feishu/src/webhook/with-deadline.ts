import type { Clock } from "@streamcard/core";

/** What a promise is kept with, or `undefined` where that takes longer than `ms`. The promise goes on all the same. */
export async function withDeadline<Value>(
  promise: Promise<Value>,
  { ms, clock }: { ms: number; clock: Clock },
): Promise<Value | undefined> {
  let timer: unknown;
  const timeIsUp = new Promise<undefined>((resolve) => {
    timer = clock.setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, timeIsUp]);
  } finally {
    clock.clearTimeout(timer);
  }
}
