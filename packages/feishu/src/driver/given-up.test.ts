import { connectionReset, delayed, platformError } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";

const TOKEN_INVALID = 99991663;

/** Time after the end of the run at which a card without any success is given up, in milliseconds. */
const GIVEN_UP_MS = 13_500;

describe("given a card that is given up while its write waits for a fresh token", () => {
  it("sends nothing more to it when the token comes", async () => {
    const { clock, emulator, feishu, to } = feishuInVirtualTime();
    const card = feishu.card({ to });
    card.push("天空是蓝色的。");
    await clock.advance(2_000);
    const endedAt = clock.now();
    const isCardWrite = ({ operation }: { operation?: string }) =>
      operation !== "token" && operation !== "text" && clock.now() < endedAt + 60_000;
    // Nothing gets through; then a token is refused, and the next one takes longer than the card is waited for.
    emulator.faults({
      on: (request) => isCardWrite(request) && clock.now() < endedAt + 8_000,
      times: Number.POSITIVE_INFINITY,
      answer: connectionReset(),
    });
    emulator.faults({
      on: (request) => isCardWrite(request) && clock.now() >= endedAt + 8_000,
      times: Number.POSITIVE_INFINITY,
      answer: platformError(TOKEN_INVALID),
    });
    emulator.faults({ on: "token", times: Number.POSITIVE_INFINITY, answer: delayed({ beforeMs: 4_500 }) });

    const result = await clock.until(card.finish());
    await clock.advance(60_000);

    const late = emulator.requests().filter(({ time }) => time > endedAt + GIVEN_UP_MS);
    expect(result).toMatchObject({ delivery: "partial" });
    // Closing the stream of a card that is given up is the only write that may still be sent to it.
    expect(late.filter(({ operation }) => ["content", "batch", "update"].includes(operation ?? ""))).toEqual(
      [],
    );
  });
});
