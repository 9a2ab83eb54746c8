import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import { createManualClock, type ManualClock } from "../../testing/manual-clock.ts";
import { createFeishuEmulator } from "../emulator/create-feishu-emulator.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { type ApiClient, createApiClient } from "../testing/api-client.ts";
import { markdown, streamingCard } from "../testing/cards.ts";

describe("given a card in a chat that text is streamed into", () => {
  let clock: ManualClock;
  let emulator: FeishuEmulator;
  let api: ApiClient;
  let cardId: string;

  const painted = (elementId = "answer") =>
    emulator.card(cardId).elements.find((element) => element.elementId === elementId)?.painted;
  const put = (path: string, body: JsonObject) =>
    api.call("PUT", `/open-apis/cardkit/v1/cards/${cardId}${path}`, body);

  beforeEach(async () => {
    clock = createManualClock();
    emulator = createFeishuEmulator({ clock });
    api = await createApiClient(emulator);
    cardId = await api.create(streamingCard(markdown("answer", "H"), markdown("other", "O")));
    await api.send(cardId, emulator.chats.group);
    await api.content(cardId, "answer", "Hello", 1);
  });

  it("types the text, a character every 70 ms", () => {
    const shown = [0, 70, 70, 500].map((pause) => {
      clock.advance(pause);
      return painted();
    });

    expect(shown).toEqual(["H", "He", "Hel", "Hello"]);
  });

  it("paints what is left when more text arrives", async () => {
    clock.advance(70);
    await api.content(cardId, "answer", "Hello, world", 2);

    expect(painted()).toBe("Hello");
  });

  it("paints everything when the text does not grow out of the old one", async () => {
    await api.content(cardId, "answer", "Bye", 2);

    expect(painted()).toBe("Bye");
  });

  it("paints everything when streaming mode is closed", async () => {
    await api.settings(cardId, { streaming_mode: false }, 2);

    expect(painted()).toBe("Hello");
  });

  it("paints everything when streaming mode closes itself", () => {
    clock.advance(600_000);

    expect(painted()).toBe("Hello");
  });

  it("paints a replaced element at once and goes on typing the others", async () => {
    await put("/elements/other", { element: JSON.stringify(markdown("other", "Replaced")), sequence: 2 });

    expect([painted("other"), painted("answer")]).toEqual(["Replaced", "H"]);
  });

  it("paints a patched element at once", async () => {
    await api.batch(
      cardId,
      [
        {
          action: "partial_update_element",
          params: { element_id: "answer", partial_element: { content: "Patched" } },
        },
      ],
      2,
    );

    expect(painted()).toBe("Patched");
  });

  it("paints the whole card at once after a full update", async () => {
    const data = JSON.stringify(streamingCard(markdown("answer", "Hello")));
    await put("", { card: { type: "card_json", data }, sequence: 2 });

    expect(painted()).toBe("Hello");
  });

  it("types as the card's own print settings say", async () => {
    const config = {
      print_frequency_ms: { default: 10 },
      print_step: { default: 2 },
      print_strategy: "delay",
    };
    await api.settings(cardId, { streaming_config: config }, 2);
    clock.advance(350);
    await api.content(cardId, "answer", "Hello, world", 3);
    clock.advance(20);

    expect(painted()).toBe("Hello, wo");
  });

  it("shows the card as it is by then to whoever gets it later", async () => {
    const late = await api.create(streamingCard(markdown("answer", "H")));
    await api.content(late, "answer", "Hello", 1);
    await api.send(late, emulator.chats.direct);

    expect(emulator.card(late).elements[0]?.painted).toBe("Hello");
  });
});
