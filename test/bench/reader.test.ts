import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator, type FeishuEmulator } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import { watchCards } from "./reader.ts";

async function call(emulator: FeishuEmulator, method: string, path: string, body: object, token = "") {
  const response = await emulator.fetch(`${emulator.url}/open-apis${path}`, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { tenant_access_token?: string; data?: { card_id?: string } };
}

async function openCard(emulator: FeishuEmulator) {
  const { appId, appSecret } = emulator.credentials;
  const credentials = { app_id: appId, app_secret: appSecret };
  const answer = await call(emulator, "POST", "/auth/v3/tenant_access_token/internal", credentials);
  const token = answer.tenant_access_token;
  const card = {
    schema: "2.0",
    config: {
      streaming_mode: true,
      streaming_config: {
        print_frequency_ms: { default: 30 },
        print_step: { default: 2 },
        print_strategy: "fast",
      },
    },
    body: { elements: [{ tag: "markdown", element_id: "md", content: "…" }] },
  };
  const created = await call(
    emulator,
    "POST",
    "/cardkit/v1/cards",
    { type: "card_json", data: JSON.stringify(card) },
    token,
  );
  const path = `/cardkit/v1/cards/${created.data?.card_id}`;
  let sequence = 0;
  const operate = (method: string, end: string, body: object) => {
    sequence += 1;
    return call(emulator, method, `${path}${end}`, { ...body, sequence }, token);
  };
  return {
    show: (content: string) => operate("PUT", "/elements/md/content", { content }),
    close: () => operate("PATCH", "/settings", { settings: '{"config":{"streaming_mode":false}}' }),
  };
}

describe("given a card that types two characters every 30 ms", () => {
  it("tells when each character was applied and painted", async () => {
    const clock = new ManualClock();
    const emulator = createFeishuEmulator({ clock });
    const read = watchCards(emulator, () => clock.now());
    const card = await openCard(emulator);

    await clock.advance(100);
    await card.show("一二");
    await clock.advance(100);
    await card.show("一二三四五六七八");
    await clock.advance(70);
    await card.close();

    expect(read()).toEqual({
      text: "一二三四五六七八",
      appliedAt: [100, 100, 200, 200, 200, 200, 200, 200],
      // The first text replaced a placeholder, so it was not typed; the end of streaming mode shows what is left.
      shownAt: [100, 100, 230, 230, 260, 260, 270, 270],
    });
  });

  it("counts text that was overwritten from when it came back", async () => {
    const clock = new ManualClock();
    const emulator = createFeishuEmulator({ clock });
    const read = watchCards(emulator, () => clock.now());
    const card = await openCard(emulator);

    await card.show("一三");
    await clock.advance(100);
    await card.show("一二");

    expect(read()).toMatchObject({ text: "一二", appliedAt: [0, 100], shownAt: [0, 100] });
  });
});
