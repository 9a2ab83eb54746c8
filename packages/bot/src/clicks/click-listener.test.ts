import { describe, expect, it } from "vitest";
import { type ClickListener, possibleActions } from "./click-listener.ts";

const knowing: ClickListener = { takesFeedback: false, knows: (id) => id === "m1" };
const listening: ClickListener = { takesFeedback: true, knows: () => false };
const all = { stop: true, feedback: true, regenerate: true, approve: true };

describe("given the listeners of a process", () => {
  it.each<[string, ClickListener[], string, ReturnType<typeof possibleActions>]>([
    ["none", [], "m1", { stop: false, feedback: false, regenerate: false, approve: false }],
    ["one that knows the question", [knowing], "m1", { ...all, feedback: false }],
    [
      "one that knows another question",
      [knowing],
      "m2",
      { ...all, feedback: false, regenerate: false, approve: false },
    ],
    ["one that takes feedback", [listening], "m1", { ...all, regenerate: false, approve: false }],
    ["two, of which each hears of something else", [knowing, listening], "m1", all],
  ])("draws the buttons that are heard of, with %s", (_, listeners, replyTo, expected) => {
    expect(possibleActions(new Set(listeners), replyTo)).toEqual(expected);
  });
});
