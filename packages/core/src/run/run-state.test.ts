import { describe, expect, it } from "vitest";
import type { CardEvent } from "../contract/card-event.ts";
import { composeStatus } from "../view/shown-parts.ts";
import { createRunState, reduce, wholeText } from "./run-state.ts";

function stateAfter(...events: CardEvent[]) {
  const state = createRunState();
  for (const [at, event] of events.entries()) reduce(state, event, at);
  return state;
}

const delta = (text: string, id?: string): CardEvent => ({
  type: "text-delta",
  text,
  ...(id !== undefined && { id }),
});
const blocks = (...events: CardEvent[]) => stateAfter(...events).texts.map(({ log }) => log.toString());

describe("given text", () => {
  it("keeps equal deltas apart from repeated ones: all of them arrive", () => {
    expect(blocks(delta("1"), delta("1"), delta("1"))).toEqual(["111"]);
  });

  it("gives each id its block, also where they take turns", () => {
    expect(blocks(delta("a", "1"), delta("b", "2"), delta("a", "1"), delta("b", "2"))).toEqual(["aa", "bb"]);
  });

  it("begins a block in each step, although the ids repeat", () => {
    expect(
      blocks(
        { type: "start-step" },
        delta("one", "0"),
        { type: "finish-step" },
        { type: "start-step" },
        delta("two", "0"),
      ),
    ).toEqual(["one", "two"]);
  });

  it("begins a block for an id that was ended", () => {
    expect(blocks(delta("one", "0"), { type: "text-end", id: "0" }, delta("two", "0"))).toEqual([
      "one",
      "two",
    ]);
  });

  it("continues the open block where there is no id", () => {
    expect(blocks(delta("a", "0"), delta("b"))).toEqual(["ab"]);
  });

  it("takes the text of a long run as a whole", () => {
    const state = stateAfter(...Array.from({ length: 30_000 }, (_, index) => delta(String(index % 10))));
    expect(wholeText(state)).toBe("0123456789".repeat(3_000));
    expect(state.texts[0]?.log.from(29_990)).toBe("0123456789");
    expect(state.texts[0]?.log.from(4_090).slice(0, 12)).toBe("012345678901");
  });
});

describe("given a run that goes on", () => {
  const call: CardEvent = { type: "tool-call", toolCallId: "c", toolName: "clock" };

  it.each<[string, CardEvent[], unknown]>([
    ["nothing yet", [], { phase: "thinking" }],
    ["reasoning that is not shown", [{ type: "reasoning-delta", text: "hm" }], { phase: "thinking" }],
    ["text", [delta("a")], undefined],
    ["a tool that runs and is not shown", [delta("a"), call], { phase: "tool", toolName: "clock" }],
    ["a tool that is done", [call, { type: "tool-result", toolCallId: "c" }], { phase: "thinking" }],
    ["text after a tool", [call, { type: "tool-result", toolCallId: "c" }, delta("b")], undefined],
    ["a step that follows text", [delta("a"), { type: "start-step" }], { phase: "thinking" }],
  ])("says so: %s", (_name, events, status) => {
    const options = { showsReasoning: false, showsTools: false, tools: undefined, actions: {} } as const;
    expect(composeStatus(stateAfter(...events), options)).toEqual(status);
  });
});

describe("given more reasoning than is shown", () => {
  it.each([
    ["inside of a delta", [5_000, 5_000]],
    ["between two deltas", [3_072, 3_072, 1]],
  ])("marks where it is cut, also %s", (_name, lengths) => {
    const state = createRunState();
    for (const length of lengths) {
      reduce(state, { type: "reasoning-delta", id: "r", text: "x".repeat(length) }, 0);
    }
    const [thought] = state.parts;
    expect(thought?.type === "reasoning" && thought.log.toString()).toBe(`${"x".repeat(6_144)}…`);
    expect([...state.cuts]).toEqual(["reasoning"]);
  });
});
