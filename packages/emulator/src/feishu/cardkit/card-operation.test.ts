import { beforeEach, describe, expect, it } from "vitest";
import type { ManualClock } from "../../testing/manual-clock.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { type ApiClient, createApiClient } from "../testing/api-client.ts";
import { markdown, streamingCard } from "../testing/cards.ts";
import { setUpCard } from "../testing/set-up.ts";

const CARDS = "/open-apis/cardkit/v1/cards";
const DAY_MS = 24 * 60 * 60 * 1000;

let clock: ManualClock;
let emulator: FeishuEmulator;
let api: ApiClient;
let cardId: string;

beforeEach(async () => {
  const card = streamingCard(markdown("answer", "…"), { tag: "hr", element_id: "line" });
  ({ clock, emulator, api, cardId } = await setUpCard({}, card));
});

describe("given any operation on a card", () => {
  it.each([
    {
      name: "a card that does not exist",
      path: "7000000000000000000/elements/answer/content",
      body: {},
      code: 200740,
    },
    {
      name: "a card id of 21 characters",
      path: `${"7".repeat(21)}/elements/answer/content`,
      body: {},
      code: 10002,
    },
    { name: "no sequence", path: undefined, body: { sequence: null }, code: 99992402 },
    { name: "a sequence that is text", path: undefined, body: { sequence: "1" }, code: 99992402 },
    { name: "a sequence that is no integer", path: undefined, body: { sequence: 1.5 }, code: 99992402 },
    { name: "a sequence beyond 32 bits", path: undefined, body: { sequence: 2_147_483_648 }, code: 10002 },
    { name: "sequence 0 on a new card", path: undefined, body: { sequence: 0 }, code: 300317 },
    { name: "an empty uuid", path: undefined, body: { uuid: "" }, code: 10002 },
    { name: "a uuid of 65 characters", path: undefined, body: { uuid: "u".repeat(65) }, code: 10002 },
  ])("answers $code for $name", async ({ path = `${cardId}/elements/answer/content`, body, code }) => {
    const reply = await api.call("PUT", `${CARDS}/${path}`, { content: "x", sequence: 1, ...body });

    expect(reply).toMatchObject({ status: 400, code });
  });

  it("refuses a sequence that is not above the last accepted one, whatever the operation", async () => {
    await api.content(cardId, "answer", "x", 5);

    expect(await api.content(cardId, "answer", "y", 5)).toMatchObject({
      code: 300317,
      msg: "ErrMsg: sequence number compare failed; ",
    });
    expect(await api.settings(cardId, { streaming_mode: false }, 4)).toMatchObject({ code: 300317 });
    expect(await api.settings(cardId, { streaming_mode: false }, 6)).toMatchObject({ code: 0 });
  });

  it("answers 200750 from 14 days after its creation on", async () => {
    clock.advance(14 * DAY_MS - 1);
    api = await createApiClient(emulator);
    const young = await api.settings(cardId, { streaming_mode: true }, 1);
    clock.advance(1);
    const old = await api.settings(cardId, { streaming_mode: true }, 2);

    expect([young.code, old.code]).toEqual([0, 200750]);
  });

  it("answers 200750 for a card that was made to expire", async () => {
    emulator.expire(cardId);

    expect(await api.settings(cardId, { streaming_mode: true }, 1)).toMatchObject({ code: 200750 });
  });

  it("leaves the card as it was when it is refused", async () => {
    const before = emulator.card(cardId).json;

    await api.batch(
      cardId,
      [{ action: "delete_elements", params: { element_ids: ["answer", "nobody"] } }],
      1,
    );

    expect(emulator.card(cardId)).toMatchObject({ json: before, sequence: 0 });
  });
});
