import type { ClickAnswer } from "@streamcard/core/driver";
import { describe, expect, it } from "vitest";
import { testBot, testMessage } from "../testing/test-bot.ts";
import type { ButtonAction } from "./button-press.ts";

const stop = { action: "stop" } as const;
const regenerate = { action: "regenerate" } as const;
const up = { action: "feedback", rating: "up" } as const;
const down = { action: "feedback", rating: "down" } as const;
const approve = { action: "approve", approvalId: "a1" } as const;
const deny = { action: "deny", approvalId: "a1" } as const;

/** A bot whose answer to one question is under way until `end()`, or until it is stopped. */
async function asked({ hasFeedback = true } = {}) {
  const attempts: number[] = [];
  const decisions: unknown[] = [];
  const opinions: unknown[] = [];
  let end = () => {};
  const desk = testBot({
    onMessage: (message) => {
      attempts.push(message.attempt);
      decisions.push(message.decisions);
      return message.reply(
        ({ signal }) =>
          new Promise<string>((resolve, reject) => {
            end = () => resolve("done");
            signal.addEventListener("abort", () => reject(signal.reason));
          }),
      );
    },
    ...(hasFeedback && { onFeedback: (feedback) => opinions.push(feedback) }),
  });
  await desk.say(testMessage());
  await desk.clock.advance(500);
  return {
    ...desk,
    attempts,
    decisions,
    opinions,
    async end() {
      end();
      await desk.clock.advance(1_000);
    },
  };
}

type Presses = readonly (readonly [ButtonAction, ClickAnswer])[];

const running: Readonly<Record<string, Presses>> = {
  "Stop twice": [
    [stop, "stopped"],
    [stop, "already-stopped"],
  ],
  Regenerate: [[regenerate, "still-running"]],
  "an opinion twice": [
    [up, "thanks"],
    [up, "already-thanked"],
  ],
  "changes of mind": [
    [up, "thanks"],
    [down, "thanks"],
    [up, "thanks"],
  ],
  "a decision that is changed": [
    [approve, "approved"],
    [deny, "already-decided"],
  ],
  Deny: [[deny, "denied"]],
};

const ended: Readonly<Record<string, Presses>> = {
  Stop: [[stop, "already-ended"]],
  "Regenerate twice": [
    [regenerate, "regenerating"],
    [regenerate, "already-regenerated"],
  ],
  "an opinion": [[down, "thanks"]],
  Approve: [[approve, "approved"]],
};

async function answersTo(desk: Awaited<ReturnType<typeof asked>>, presses: Presses) {
  const answers: unknown[] = [];
  for (const [button] of presses) answers.push(await desk.press(button));
  return answers;
}

describe("given a press of a button", () => {
  it.each(Object.entries(running))("answers %s while the run goes on", async (_, presses) => {
    const answers = await answersTo(await asked(), presses);
    expect(answers).toEqual(presses.map(([, answer]) => ({ type: "toast", answer })));
  });

  it.each(Object.entries(ended))("answers %s once the run has ended", async (_, presses) => {
    const desk = await asked();
    await desk.end();
    const answers = await answersTo(desk, presses);
    expect(answers).toEqual(presses.map(([, answer]) => ({ type: "toast", answer })));
  });

  it("says that a run was stopped already once its card is settled", async () => {
    const desk = await asked();
    await desk.press(stop);
    await desk.clock.advance(1_000);
    expect(await desk.press(stop)).toEqual({ type: "toast", answer: "already-stopped" });
  });

  it.each([stop, regenerate, approve, deny])("knows no run of another process: %j", async (button) => {
    const desk = await asked();
    expect(await desk.press(button, { runId: "elsewhere" })).toEqual({
      type: "toast",
      answer: "unknown-run",
    });
  });

  it.each([stop, regenerate, approve, deny])("leaves to the asker: %j", async (button) => {
    const desk = await asked();
    expect(await desk.press(button, { by: "bob" })).toEqual({ type: "toast", answer: "not-yours" });
    await desk.clock.advance(1_000);
    expect(desk.attempts).toEqual([1]);
    expect(desk.platform.targets[0]?.signal.aborted).toBe(false);
  });

  it("takes everybody's opinion, also on a run that it does not know", async () => {
    const desk = await asked();
    await desk.press(up, { by: "bob" });
    await desk.press(down, { by: "bob", runId: "elsewhere" });
    expect(desk.opinions).toMatchObject([
      { rating: "up", by: { id: "bob" }, question: { id: "m1" } },
      { rating: "down", by: { id: "bob" }, question: undefined },
    ]);
  });

  it("has no feedback without a handler", async () => {
    const desk = await asked({ hasFeedback: false });
    expect(await desk.press(up)).toEqual({ type: "toast", answer: "not-available" });
  });
});

describe("given the effects of presses", () => {
  it("ends the run on Stop, and the card names who it was", async () => {
    const desk = await asked();
    await desk.press(stop);
    await desk.clock.advance(1_000);
    const status = desk.platform.cards[0]?.blocks.find((block) => block.type === "status");
    expect(status).toMatchObject({
      status: { phase: "ended", end: { status: "stopped", reason: "reader", stoppedBy: "ann" } },
    });
  });

  it("answers again on Regenerate, and marks the old card", async () => {
    const desk = await asked();
    await desk.end();
    await desk.press(regenerate);
    await desk.clock.advance(1_000);
    expect(desk.attempts).toEqual([1, 2]);
    expect(desk.platform.targets.map(({ replyTo }) => replyTo)).toEqual(["m1", "m1"]);
    const cardId = desk.platform.cards[0]?.cardId;
    expect(desk.platform.marks).toEqual([{ cardId, mark: "superseded", buttonsId: undefined }]);
  });

  it.each([
    [approve, "approved", true],
    [deny, "denied", false],
  ] as const)(
    "goes on with the run on a decision, and marks its card: %j",
    async (button, mark, isApproved) => {
      const desk = await asked();
      await desk.end();
      await desk.press(button);
      await desk.clock.advance(1_000);
      expect(desk.decisions).toEqual([[], [{ approvalId: "a1", isApproved }]]);
      expect(desk.attempts).toEqual([1, 1]);
      expect(desk.platform.targets[1]?.replyTo).toBe("card-message");
      const cardId = desk.platform.cards[0]?.cardId;
      expect(desk.platform.marks).toEqual([{ cardId, mark, buttonsId: "row-1" }]);
    },
  );

  it("lets a decision wait for the run that asked for it", async () => {
    const desk = await asked();
    await desk.press(approve);
    await desk.clock.advance(1_000);
    expect(desk.decisions).toEqual([[]]);
    await desk.end();
    expect(desk.decisions).toEqual([[], [{ approvalId: "a1", isApproved: true }]]);
  });
});
