import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { cardDesk } from "./testing/card-desk.ts";
import { endOf, expectEnd, scenarioNames } from "./testing/expected-ends.ts";
import { majors } from "./testing/majors.ts";
import { play } from "./testing/scenarios.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

describe.each(majors)("given ai $version", (major) => {
  it.each(scenarioNames)("tells how a run that a function starts ended: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal, model } = play(desk, name);
    const start = (run: { signal: AbortSignal }) => major.streamText({ ...options, abortSignal: run.signal });
    const result = await desk.clock.until(toFeishuCard(start, { to: desk.to, feishu: desk.feishu, signal }));
    expectEnd(desk, result, endOf(name, major.version, "known"));
    for (const given of model.signals) expect(given?.aborted).toBe(result.status !== "finished");
  });

  it.each(scenarioNames)("tells how a run ended from its result: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal } = play(desk, name);
    const run = major.streamText({ ...options, abortSignal: signal });
    const result = await desk.clock.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu }));
    expectEnd(desk, result, endOf(name, major.version, "unknown"));
  });

  it.each(scenarioNames)(
    "tells how a run ended from its result and the caller's signal: %s",
    async (name) => {
      const desk = cardDesk();
      const { options, signal } = play(desk, name);
      const run = major.streamText({ ...options, abortSignal: signal });
      const result = await desk.clock.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu, signal }));
      expectEnd(desk, result, endOf(name, major.version, "known"));
    },
  );
});
