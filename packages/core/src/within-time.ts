import type { Clock } from "./clock.ts";

/**
 * Waits for work at most `limitMs` milliseconds, also where the work does not heed its signal.
 *
 * @param work Called with a signal that is aborted when the time is up.
 * @throws {DOMException} a `TimeoutError` when the time is up.
 * For `feishu`.
 */
export async function withinTime<Result>(
  clock: Clock,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = clock.setTimeout(() => {
    const error = new DOMException(`no answer within ${limitMs} ms`, "TimeoutError");
    controller.abort(error);
    late.reject(error);
  }, limitMs);
  try {
    return await Promise.race([work(controller.signal), late.promise]);
  } finally {
    clock.clearTimeout(timer);
  }
}

/**
 * Waits for a promise at most `limitMs` milliseconds, then gives `late` in its place. The work behind it goes on.
 *
 * For `bot` and `feishu`.
 */
export async function withinTimeOr<Result, Late>(
  clock: Clock,
  limitMs: number,
  promise: Promise<Result>,
  late: Late,
): Promise<Result | Late> {
  let timer: unknown;
  const timeIsUp = new Promise<Late>((resolve) => {
    timer = clock.setTimeout(() => resolve(late), limitMs);
  });
  try {
    return await Promise.race([promise, timeIsUp]);
  } finally {
    clock.clearTimeout(timer);
  }
}
