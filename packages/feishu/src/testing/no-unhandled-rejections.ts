import { afterAll, beforeAll, expect } from "vitest";

/** Watches a file of tests: nothing that it runs may leave a rejection that nobody handles. */
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
