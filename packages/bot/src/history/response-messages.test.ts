import { ManualClock } from "@streamcard/core/testing";
import { describe, expect, it } from "vitest";
import { testResult } from "../testing/test-bot.ts";
import { responseMessages } from "./response-messages.ts";

const own = [{ role: "assistant", content: [{ type: "text", text: "with tools" }] }] as const;
const shown = [{ role: "assistant", content: "shown" }];

describe("given an answer and the run that was shown", () => {
  const rejected = () => Promise.reject(new Error("cut"));

  it.each<[string, unknown, unknown]>([
    ["a result of AI SDK 7", { responseMessages: Promise.resolve(own) }, own],
    ["a result of AI SDK 5 or 6", { response: Promise.resolve({ messages: own }) }, own],
    ["a promise of a result", Promise.resolve({ response: { messages: own } }), own],
    ["a stream of text", (async function* () {})(), shown],
    ["a whole text", "shown", shown],
    ["a result without messages", { responseMessages: [] }, shown],
    ["a result with other messages", { responseMessages: [{ role: "user", content: "?" }] }, shown],
    ["a result that rejects", () => ({ responseMessages: rejected() }), shown],
    ["a promise that rejects", rejected, shown],
  ])("lists the messages of %s", async (_, given, expected) => {
    const source: unknown = typeof given === "function" ? given() : given;
    expect(await responseMessages(testResult({ text: "shown" }), source, new ManualClock())).toEqual(
      expected,
    );
  });

  it("takes the text that the reader has where the run did not finish", async () => {
    const source = { responseMessages: own };
    for (const status of ["stopped", "failed"] as const) {
      const result = testResult({ status, text: "shown" });
      expect(await responseMessages(result, source, new ManualClock())).toEqual(shown);
    }
  });

  it("adds nothing where there is no text", async () => {
    expect(await responseMessages(testResult(), "", new ManualClock())).toEqual([]);
  });

  it("waits for messages at most a second", async () => {
    const clock = new ManualClock();
    const listed = responseMessages(testResult({ text: "shown" }), new Promise(() => {}), clock);
    await clock.advance(1_000);
    expect(await listed).toEqual(shown);
  });
});
