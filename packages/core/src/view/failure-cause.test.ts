import { expect, test } from "vitest";
import { failureCause } from "./failure-cause.ts";

const error = (fields: object) => Object.assign(new Error("sk-secret at https://internal"), fields);

test.each([
  [error({ statusCode: 429 }), "busy"],
  [error({ status: 503 }), "unavailable"],
  [error({ status: 401 }), "not-authorized"],
  [error({ code: "ECONNREFUSED" }), "unreachable"],
  [error({ status: 400, code: "context_length_exceeded" }), "too-long"],
  [new TypeError("fetch failed", { cause: error({ code: "ENOTFOUND" }) }), "unreachable"],
  [error({ name: "AI_RetryError", lastError: error({ statusCode: 529 }) }), "unavailable"],
  [error({}), undefined],
  [error({ status: 400 }), undefined],
  ["rate limit", undefined],
  [null, undefined],
])("tells of %s no more than that it is %s", (thrown, cause) => {
  expect(failureCause(thrown)).toBe(cause);
});

test("ends with errors that are causes of each other", () => {
  const one: Error & { cause?: unknown } = new Error("one");
  one.cause = new Error("two", { cause: one });
  expect(failureCause(one)).toBeUndefined();
});
