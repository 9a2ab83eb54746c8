import type { Clock } from "@streamcard/core";

/**
 * Waits for work, but not for longer than a limit, also where the work does not heed its signal.
 *
 * @throws {DOMException} a `TimeoutError` when the time is up.
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
