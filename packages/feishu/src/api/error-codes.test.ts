import { describe, expect, it } from "vitest";
import { meaningOf } from "./error-codes.ts";

describe("given an error code of the platform", () => {
  it.each([
    [99991663, "", 400, { remedy: "refresh-token" }],
    [99991400, "", 429, { outcome: "refused", isRetryable: true }],
    [230020, "", 400, { outcome: "refused", isRetryable: true }],
    [300120, "", 400, { outcome: "unknown", isRetryable: true }],
    [200850, "", 400, { remedy: "reopen-streaming" }],
    [300309, "", 400, { remedy: "reopen-streaming" }],
    [300317, "", 400, { remedy: "raise-sequence" }],
    [200810, "", 400, { outcome: "refused", isRetryable: true }],
    [200740, "", 400, { outcome: "gone", isRetryable: false }],
    [200860, "", 400, { outcome: "refused", isRetryable: false }],
    [230011, "", 400, { outcome: "gone" }],
    [424242, "", 400, { outcome: "refused", isRetryable: false }],
    [424242, "", 503, { outcome: "unknown", isRetryable: true }],
    [0.5, "", 200, { outcome: "refused" }],
  ])("tells what %d means", (code, message, status, meaning) => {
    expect(meaningOf(code, message, status)).toMatchObject(meaning);
  });

  it.each([
    [
      "ext=ErrCode: 11310; ErrMsg: card table number over limit; ErrorValue: table; ",
      "too many tables",
      false,
    ],
    ["ext=ErrCode: 11310; ErrMsg: element exceeds the limit; ", "200 components", false],
    ["ext=ErrCode: 11310; ErrMsg: cardid is invalid; ", "not known yet", true],
    ["ext=ErrCode: 11310; ErrMsg: card action is lock; ", "interacting", true],
    ["ext=ErrCode: 200621; ErrMsg: parse card json err; ", "could not be made", false],
  ])("tells the causes of 230099 apart: %s", (message, words, isRetryable) => {
    const meaning = meaningOf(230099, message, 400);
    expect(meaning.meaning).toContain(words);
    expect(meaning.isRetryable).toBe(isRetryable);
  });
});
