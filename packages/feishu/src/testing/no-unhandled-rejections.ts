import { afterAll, beforeAll, expect } from "vitest";

/** Fails a file of tests that leaves a rejection unhandled. */
export function expectNoUnhandledRejections(): void {
  const rejections: unknown[] = [];
  const note = (reason: unknown) => rejections.push(reason);
  beforeAll(() => void process.on("unhandledRejection", note));
  afterAll(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    expect(rejections).toEqual([]);
  });
}
