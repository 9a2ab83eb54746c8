import { describe, expect, it } from "vitest";
import { defaultFeishuRules, resolveFeishuRules } from "./feishu-rules.ts";

describe("given rules to replace", () => {
  it("keeps the defaults of the others", () => {
    expect(resolveFeishuRules({ maxTables: 3 })).toEqual({ ...defaultFeishuRules, maxTables: 3 });
  });

  it.each([
    { rules: { maxTables: -1 }, message: 'Rule "maxTables" must not be negative, received -1.' },
    { rules: { maxTables: Number.NaN }, message: 'Rule "maxTables" must not be negative, received NaN.' },
    { rules: { maxBytes: "30 KB" }, message: 'Rule "maxBytes" must be a number, received "30 KB".' },
    {
      rules: { batch: "some" },
      message: 'Rule "batch" must be "atomic" or "until-failure", received "some".',
    },
    { rules: { maxTable: 3 }, message: 'Unknown rule "maxTable".' },
  ])("refuses $rules", ({ rules, message }) => {
    // What TypeScript refuses, JavaScript callers still pass.
    const untyped: object = rules;
    expect(() => resolveFeishuRules(untyped)).toThrow(new TypeError(message));
  });
});
