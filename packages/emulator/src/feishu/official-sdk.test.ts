import * as lark from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeishuEmulator } from "./emulator/feishu-emulator.ts";
import { startFeishuEmulator } from "./start-feishu-emulator.ts";
import { markdown, streamingCard } from "./testing/cards.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const ignore = (): void => {};
const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore };

describe("given the official SDK, pointed at the emulator over HTTP", () => {
  let emulator: FeishuEmulator;
  let client: lark.Client;

  beforeEach(async () => {
    emulator = await startFeishuEmulator();
    client = new lark.Client({ ...emulator.credentials, domain: emulator.url, logger });
  });

  afterEach(() => emulator.close());

  const create = async (): Promise<string> => {
    const data = JSON.stringify(streamingCard(markdown("answer"), markdown("foot", "…")));
    const reply = await client.cardkit.v1.card.create({ data: { type: "card_json", data } });
    return reply.data?.card_id ?? "";
  };
  const send = async (cardId: string): Promise<string> => {
    const content = JSON.stringify({ type: "card", data: { card_id: cardId } });
    const reply = await client.im.v1.message.create({
      params: { receive_id_type: "chat_id" },
      data: { receive_id: emulator.chats.group, msg_type: "interactive", content },
    });
    return reply.data?.message_id ?? "";
  };

  it("creates a card, sends it, streams text into it and closes streaming mode", async () => {
    const cardId = await create();
    const messageId = await send(cardId);

    const path = { card_id: cardId, element_id: "answer" };
    const streamed = await client.cardkit.v1.cardElement.content({
      path,
      data: { content: "Hello", sequence: 1, uuid: "one" },
    });
    const settings = JSON.stringify({ config: { streaming_mode: false, summary: { content: "Done" } } });
    const closed = await client.cardkit.v1.card.settings({ path, data: { settings, sequence: 2 } });

    expect([streamed.code, closed.code]).toEqual([0, 0]);
    expect(emulator.card(cardId)).toMatchObject({
      messageId,
      streaming: false,
      summary: "Done",
      sequence: 2,
    });
    expect(emulator.card(cardId).elements[0]?.content).toBe("Hello");
  });

  it("replaces a card", async () => {
    const cardId = await create();

    const data = JSON.stringify(streamingCard(markdown("other", "new")));
    const reply = await client.cardkit.v1.card.update({
      path: { card_id: cardId },
      data: { card: { type: "card_json", data }, sequence: 1 },
    });

    expect(reply.code).toBe(0);
    expect(emulator.card(cardId).elements.map(({ elementId }) => elementId)).toEqual(["other"]);
  });

  it("changes a card by a batch", async () => {
    const cardId = await create();

    const actions = JSON.stringify([
      { action: "add_elements", params: { type: "append", elements: [markdown("more", "x")] } },
      { action: "delete_elements", params: { element_ids: ["foot"] } },
    ]);
    const reply = await client.cardkit.v1.card.batchUpdate({
      path: { card_id: cardId },
      data: { actions, sequence: 1 },
    });

    expect(reply.code).toBe(0);
    expect(emulator.card(cardId).elements.map(({ elementId }) => elementId)).toEqual(["answer", "more"]);
  });

  it("adds, replaces, patches and deletes elements", async () => {
    const cardId = await create();
    const path = { card_id: cardId, element_id: "answer" };
    const { cardElement } = client.cardkit.v1;

    const replies = [
      await cardElement.create({
        path,
        data: {
          type: "insert_after",
          target_element_id: "answer",
          elements: JSON.stringify([markdown("middle", "m")]),
          sequence: 1,
        },
      }),
      await cardElement.update({
        path,
        data: { element: JSON.stringify(markdown("answer", "replaced")), sequence: 2 },
      }),
      await cardElement.patch({
        path,
        data: { partial_element: JSON.stringify({ content: "patched" }), sequence: 3 },
      }),
      await cardElement.delete({ path: { card_id: cardId, element_id: "foot" }, data: { sequence: 4 } }),
    ];

    expect(replies.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const elements = emulator.card(cardId).elements;
    expect(elements.map(({ elementId, content }) => [elementId, content])).toEqual([
      ["answer", "patched"],
      ["middle", "m"],
    ]);
  });

  it("replies to a message, reads it, patches its card and recalls it", async () => {
    const asked = emulator.say("How are you?");
    const content = JSON.stringify({
      schema: "2.0",
      body: { elements: [{ tag: "markdown", content: "Well" }] },
    });
    const path = { message_id: asked.messageId };
    const replied = await client.im.v1.message.reply({ path, data: { msg_type: "interactive", content } });
    const own = { message_id: replied.data?.message_id ?? "" };

    const read = await client.im.v1.message.get({ path: own });
    const patched = await client.im.v1.message.patch({
      path: own,
      data: { content: content.replace("Well", "Very well") },
    });
    const recalled = await client.im.v1.message.delete({ path: own });

    expect(read.data?.items?.[0]).toMatchObject({ msg_type: "interactive", parent_id: asked.messageId });
    expect([patched.code, recalled.code]).toEqual([0, 0]);
    expect(emulator.messages(emulator.chats.direct).at(-1)).toMatchObject({
      isRecalled: true,
      card: { body: { elements: [{ content: "Very well" }] } },
    });
  });

  it("uploads an image, shows it in a card and downloads it again", async () => {
    const uploaded = await client.im.v1.image.create({ data: { image_type: "message", image: PNG } });
    const imageKey = uploaded?.image_key ?? "";
    const data = JSON.stringify(streamingCard(markdown("picture", `![a dot](${imageKey})`)));
    const created = await client.cardkit.v1.card.create({ data: { type: "card_json", data } });

    const file = await client.im.v1.image.get({ path: { image_key: imageKey } });
    const chunks: Buffer[] = [];
    for await (const chunk of file.getReadableStream()) chunks.push(chunk);

    expect(created.code).toBe(0);
    expect(Buffer.concat(chunks).equals(PNG)).toBe(true);
  });

  it("learns the platform's code when a call is refused", async () => {
    const call = client.cardkit.v1.cardElement.content({
      path: { card_id: "7000", element_id: "answer" },
      data: { content: "x", sequence: 1 },
    });

    await expect(call).rejects.toMatchObject({ response: { status: 400, data: { code: 200740 } } });
  });

  it("streams markdown through its channel without opening a long connection", async () => {
    const channel = lark.createLarkChannel({
      ...emulator.credentials,
      domain: emulator.url,
      transport: "webhook",
      logger,
    });
    await channel.connect();

    const { messageId } = await channel.stream(emulator.chats.group, {
      markdown: async (stream) => {
        for (const word of ["One ", "two ", "three"]) await stream.append(word);
      },
    });
    await channel.disconnect();

    const [card] = emulator.cards();
    expect(card).toMatchObject({ messageId, streaming: false, finalizations: 1, summary: "One two three" });
    expect(card?.elements).toMatchObject([{ elementId: "stream_md", content: "One two three" }]);
    expect(emulator.requests().every(({ code }) => code === 0)).toBe(true);
  });

  it("streams a card through its channel by patching the message", async () => {
    const channel = lark.createLarkChannel({
      ...emulator.credentials,
      domain: emulator.url,
      logger,
    });
    const page = (content: string) => ({ schema: "2.0", body: { elements: [{ tag: "markdown", content }] } });

    const { messageId } = await channel.stream(emulator.chats.group, {
      card: { initial: page("…"), producer: async (stream) => stream.update(page("ready")) },
    });

    const shown = emulator.messages().find((message) => message.messageId === messageId);
    expect(shown?.card).toEqual(page("ready"));
  });
});
