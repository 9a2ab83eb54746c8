import { describe, expect, it } from "vitest";
import { type MayAct, mayPress } from "./may-act.ts";

const admin: MayAct<string> = ({ by, action }) => by === "admin" && action === "stop";

describe("given a press of a button", () => {
  it.each<[string, string | undefined, MayAct<string> | undefined, readonly string[], boolean]>([
    ["the asker", "ann", undefined, ["ann"], true],
    ["the asker by another id", "union-ann", "asker", ["ann", "union-ann"], true],
    ["somebody else", "ann", "asker", ["bob"], false],
    ["somebody whom the platform has no id for", "ann", "asker", [], false],
    ["anybody, where nobody in particular asked", undefined, "asker", ["bob"], true],
    ["anybody, where everybody may", "ann", "anyone", ["bob"], true],
    ["a person whom the app's rule admits", "ann", admin, ["admin"], true],
    ["the asker whom the app's rule refuses", "ann", admin, ["ann"], false],
  ])("decides whether %s may", (_, askedBy, rule, ids, expected) => {
    expect(mayPress({ by: ids[0] ?? "", action: "stop", askedBy }, ids, rule)).toBe(expected);
  });

  it("throws what the app's rule throws", () => {
    const rule = () => {
      throw new Error("boom");
    };
    expect(() => mayPress({ by: "ann", action: "deny", askedBy: "ann" }, ["ann"], rule)).toThrow("boom");
  });
});
