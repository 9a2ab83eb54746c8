import { systemClock } from "@streamcard/core/driver";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import * as ai7 from "ai";
import * as ai6 from "ai6";
import { describe, expect, it } from "vitest";
import { realTimeDesk } from "./testing/card-desk.ts";
import { openText, scriptedModel } from "./testing/scripted-model.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

/** The SDK counts its limits in real time. */
const model = () =>
  scriptedModel({ clock: systemClock, calls: [[...openText("天空", { everyMs: 1 }), { hangs: true }]] });

describe("given a run that the SDK's own time limit ends", () => {
  it("is a time-out, with ai 7", async () => {
    const { feishu, to } = realTimeDesk();
    const run = ai7.streamText({ model: model(), prompt: "天空？", timeout: 600 });
    const result = await toFeishuCard(run, { feishu, to, minIntervalMs: 0 });
    expect(result).toMatchObject({ status: "stopped", reason: "timeout", text: "天空" });
  });

  // Version 6 gives the message of the signal's reason without its name, and the classifier looks for the name.
  it("is a time-out, with ai 6", async () => {
    const { feishu, to } = realTimeDesk();
    const run = ai6.streamText({ model: model(), prompt: "天空？", timeout: 600 });
    const result = await toFeishuCard(run, { feishu, to, minIntervalMs: 0 });
    expect(result).toMatchObject({ status: "stopped", reason: "timeout", text: "天空" });
  });
});
