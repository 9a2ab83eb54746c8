import type { CardResult } from "@streamcard/core";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import {
  type End,
  endOf,
  expectEnd,
  nothing,
  scenarioNames,
  timedOut,
  type Version,
} from "./testing/expected-ends.ts";
import { majors } from "./testing/majors.ts";
import { play, type ScenarioName } from "./testing/scenarios.ts";

expectNoUnhandledRejections();

interface Piped {
  readonly result: CardResult;
  readonly hasRejected: boolean;
}

async function pipe(desk: CardDesk, stream: ReadableStream<string | { type: string }>): Promise<Piped> {
  const card = desk.card();
  let hasRejected = false;
  stream.pipeTo(card).catch(() => {
    hasRejected = true;
  });
  return { result: await desk.clock.until(card.result), hasRejected };
}

/** Tells whether the stream of a run rejects at its end. */
function rejects(name: ScenarioName, version: Version): boolean {
  if (name === "a dead socket") return true;
  if (name === "a callback that throws") return version === 5;
  return version < 7 && (name === "an abort for a string" || name === "an abort for an error");
}

/** An error in a UI message stream has lost its words. */
function endOfUi(name: ScenarioName, version: Version): End {
  const end = endOf(name, version, "unknown");
  if (rejects(name, version) || !("error" in end.result)) return end;
  return { ...end, result: { ...end.result, error: "An error occurred." } };
}

/** A text stream closes in the same way however its run ended, and knows neither steps nor reasons. */
function endOfText(name: ScenarioName, version: Version): End {
  const end = endOf(name, version, "unknown");
  const texts = end.texts.length === 0 ? [] : [end.texts.join("")];
  if (name === "a callback that throws" && version === 5) {
    return { ...endOf("a dead socket", version, "unknown"), texts };
  }
  if (rejects(name, version) || end.result === timedOut.result) return { ...end, texts };
  return { result: { status: "finished" }, texts, status: texts.length === 0 ? nothing.status : "已完成" };
}

describe.each(majors)("given a stream of ai $version that is piped into a card", (major) => {
  it.each(scenarioNames)("tells the end of a full stream: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal } = play(desk, name);
    const { fullStream } = major.streamText({ ...options, abortSignal: signal });
    const { result, hasRejected } = await pipe(desk, fullStream);
    expectEnd(desk, result, endOf(name, major.version, "unknown"));
    expect(hasRejected).toBe(rejects(name, major.version));
  });

  it.each(scenarioNames)("tells the end of a UI message stream: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal } = play(desk, name);
    const stream = major.streamText({ ...options, abortSignal: signal }).toUIMessageStream();
    const { result, hasRejected } = await pipe(desk, stream);
    expectEnd(desk, result, endOfUi(name, major.version));
    expect(hasRejected).toBe(rejects(name, major.version));
  });

  it.each(scenarioNames)("tells what can be told of the end of a text stream: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal } = play(desk, name);
    const { textStream } = major.streamText({ ...options, abortSignal: signal });
    const { result, hasRejected } = await pipe(desk, textStream);
    expectEnd(desk, result, endOfText(name, major.version));
    expect(hasRejected).toBe(rejects(name, major.version));
  });

  it("asks the card's signal how a text stream ended", async () => {
    const desk = cardDesk();
    const { options, signal } = play(desk, "an abort");
    const card = desk.card({ signal });
    void major.streamText({ ...options, abortSignal: signal }).textStream.pipeTo(card);
    const result = await desk.clock.until(card.result);
    expectEnd(desk, result, endOf("an abort", major.version, "known"));
  });

  it("stops the card, and not the run, with the signal of the pipe", async () => {
    const desk = cardDesk();
    const { options, model } = play(desk, "an abort");
    const pipeSignal = new AbortController();
    desk.clock.setTimeout(() => pipeSignal.abort(), 500);
    const runSignal = new AbortController();
    const card = desk.card();
    const { fullStream } = major.streamText({ ...options, abortSignal: runSignal.signal });
    const piped = expect(fullStream.pipeTo(card, { signal: pipeSignal.signal })).rejects.toThrow("aborted");
    expectEnd(desk, await desk.clock.until(card.result), endOf("an abort", major.version, "known"));
    await piped;
    expect(model.signals[0]?.aborted).toBe(false);
  });
});
