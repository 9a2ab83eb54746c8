import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../../../../test/setup/cases.ts";
import { paintedOf } from "../../page/state/page-state.ts";
import { textOf } from "../../page-protocol/card-change.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";
import { lookAt, type PageViewer, setUpWatched, type WatchedTenant } from "../testing/page-viewer.ts";

let tenant: WatchedTenant;
let group: string;
const rules = { cardLimit: "never", appLimit: "off", messageLimitPerSecond: 1000 } as const;

beforeEach(async () => {
  tenant = await setUpWatched({ rules });
  group = tenant.emulator.chats.group;
});

const sendCard = async (card = streamingCard(markdown("answer", "H"), markdown("other", "O"))) => {
  const cardId = await tenant.api.create(card);
  return { cardId, messageId: await tenant.api.send(cardId, group) };
};
const typesAfter = async (viewer: PageViewer, act: () => unknown): Promise<string[]> => {
  const before = viewer.events.length;
  await act();
  return viewer.events.slice(before).map(({ type }) => type);
};
const paintedTexts = ({ state }: PageViewer) =>
  state.messages.flatMap(({ messageId, card }) =>
    card === undefined
      ? []
      : ["answer", "other"].map((elementId) => {
          const text = textOf(card.json, elementId);
          return `${messageId} ${text?.slice(0, paintedOf(card.painted, elementId))}`;
        }),
  );

describe("given somebody who opens a chat", () => {
  it("tells the chats they are in, and what was said", () => {
    const { emulator } = tenant;
    emulator.say({ text: "one", chatId: group });
    emulator.say({ text: "two", chatId: group });
    emulator.addChat({ name: "Not mine", people: [] });

    const { events } = lookAt(tenant, group, 1);

    expect(events).toMatchObject([
      {
        type: "hello",
        me: { name: "Lin Xia" },
        chatId: group,
        chats: [
          {
            name: "Team",
            type: "group",
            memberCount: 3,
            botName: "Assistant",
            last: { text: "@Assistant two" },
          },
          { name: "Assistant", type: "p2p", last: undefined },
        ],
        messages: [{ content: { text: "two" }, mention: "Assistant" }],
        hasEarlier: true,
      },
    ]);
  });

  it("tells how far a card in it is typed by then, and types on from there", async () => {
    const { cardId, messageId } = await sendCard();
    await tenant.api.content(cardId, "answer", "Hello", 1);
    tenant.clock.advance(140);

    const viewer = lookAt(tenant, group);
    const then = viewer.state.messages[0]?.card?.painted;
    tenant.clock.advance(70);

    expect(then).toEqual({ answer: 3 });
    expect(viewer.events.slice(1)).toEqual([{ type: "painted", painted: { [messageId]: { answer: 4 } } }]);
  });
});

describe("given somebody who looks at a card that text is streamed into", () => {
  let viewer: PageViewer;
  let card: { cardId: string; messageId: string };

  beforeEach(async () => {
    card = await sendCard();
    viewer = lookAt(tenant, group);
    await tenant.api.content(card.cardId, "answer", "Hello", 1);
  });

  it("sends what was added to the text, and no more", async () => {
    await tenant.api.content(card.cardId, "answer", "Hello, world", 2);
    const { messageId } = card;

    expect(viewer.events.slice(1)).toEqual([
      { type: "text", messageId, elementId: "answer", keep: 1, text: "ello", painted: { answer: 1 } },
      { type: "text", messageId, elementId: "answer", keep: 5, text: ", world", painted: { answer: 5 } },
    ]);
  });

  it("paints a character at a time, as the card's settings say", async () => {
    const before = viewer.events.length;
    tenant.clock.advance(1_000);

    expect(viewer.events.slice(before)).toEqual(
      [2, 3, 4, 5].map((answer) => ({ type: "painted", painted: { [card.messageId]: { answer } } })),
    );
  });

  it("paints several cards in one event", async () => {
    const second = await sendCard();
    await tenant.api.content(second.cardId, "answer", "Hello", 1);
    const before = viewer.events.length;
    tenant.clock.advance(70);

    expect(viewer.events.slice(before)).toEqual([
      { type: "painted", painted: { [card.messageId]: { answer: 2 }, [second.messageId]: { answer: 2 } } },
    ]);
  });

  it("sends components that stayed as their places only", async () => {
    await tenant.api.batch(
      card.cardId,
      [{ action: "add_elements", params: { type: "append", elements: [markdown("new", "N")] } }],
      2,
    );

    expect(viewer.events.at(-1)).toMatchObject({ type: "card", elements: [0, 1, markdown("new", "N")] });
  });

  it("tells the chat list when streaming begins and ends, not of what is between", async () => {
    const summaries = viewer.state.chats.map(({ last }) => last?.text);
    const types = await typesAfter(viewer, async () => {
      await tenant.api.content(card.cardId, "answer", "Hello, world", 2);
      await tenant.api.settings(card.cardId, { streaming_mode: false, summary: { content: "Greeted" } }, 3);
    });

    expect(summaries[0]).toBe("[生成中...]");
    expect(types).toEqual(["text", "card", "chat"]);
    expect(viewer.state.chats[0]?.last?.text).toBe("Greeted");
  });

  it("tells of the end when streaming mode ends itself, and waits for nothing more", () => {
    tenant.clock.advance(600_000);

    expect(viewer.state.messages[0]?.card).toMatchObject({ isStreaming: false, painted: {} });
    expect(tenant.clock.pending).toBe(0);
  });

  it("tells nothing more of a card whose message was recalled", async () => {
    tenant.emulator.recall(card.messageId);

    expect(
      await typesAfter(viewer, () => tenant.api.content(card.cardId, "answer", "Hello, world", 2)),
    ).toEqual([]);
  });

  it("tells of a card again that another one took the place of for a while", async () => {
    const path = `/open-apis/im/v1/messages/${card.messageId}`;
    await tenant.api.call("PATCH", path, { content: JSON.stringify(cardOf(markdown("answer", "patched"))) });
    const patched = textOf(viewer.state.messages[0]?.card?.json ?? {}, "answer");
    await tenant.api.content(card.cardId, "answer", "Hello again", 2);

    expect([patched, textOf(viewer.state.messages[0]?.card?.json ?? {}, "answer")]).toEqual([
      "patched",
      "Hello again",
    ]);
  });
});

describe("given a page that shows another chat, or none", () => {
  it("learns of the chat's line only, and of no painting", async () => {
    const viewer = lookAt(tenant, tenant.emulator.chats.direct);
    const types = await typesAfter(viewer, async () => {
      const { cardId } = await sendCard();
      await tenant.api.content(cardId, "answer", "Hello", 1);
      tenant.clock.advance(1_000);
    });

    expect(types).toEqual(["chat"]);
  });

  it("is told a card as it is when it opens the chat, and every change from then on", async () => {
    const { cardId } = await sendCard();
    const first = lookAt(tenant, group);
    await tenant.api.content(cardId, "answer", "Hello", 1);
    first.leave();
    const elsewhere = lookAt(tenant, tenant.emulator.chats.direct);
    await tenant.api.batch(cardId, [{ action: "delete_elements", params: { element_ids: ["answer"] } }], 2);
    const back = lookAt(tenant, group);
    await tenant.api.content(cardId, "other", "Others", 3);

    expect(back.state.messages[0]?.card?.json.body).toEqual({ elements: [markdown("other", "Others")] });
    elsewhere.leave();
  });
});

describe("given a world in which nobody looks any more", () => {
  it("has no timer, and none again until somebody does", async () => {
    const { cardId } = await sendCard();
    const viewer = lookAt(tenant, group);
    await tenant.api.content(cardId, "answer", "Hello", 1);
    const pending = [tenant.clock.pending];
    viewer.leave();
    pending.push(tenant.clock.pending);
    await tenant.api.content(cardId, "answer", "Hello, world", 2);
    pending.push(tenant.clock.pending);

    expect(pending).toEqual([1, 0, 0]);
  });
});

describe("given somebody who looks while all kinds of things happen", () => {
  const text = fc.constantFrom("", "你好", "你好，世界", "Hello", "Hello, world", "😀😁");
  const step = fc.oneof(
    fc.record({ type: fc.constant("content" as const), id: fc.constantFrom("answer", "other"), text }),
    fc.record({ type: fc.constant("settings" as const), isStreaming: fc.boolean() }),
    fc.record({ type: fc.constant("replace" as const), text }),
    fc.record({ type: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ type: fc.constant("viewer" as const), isComing: fc.boolean() }),
    fc.record({ type: fc.constant("send" as const) }),
  );

  const truth = (): string[] =>
    tenant.emulator
      .messages(group)
      .flatMap(({ messageId, cardId }) =>
        tenant.emulator.card(cardId ?? "").elements.map(({ painted }) => `${messageId} ${painted}`),
      );

  it("shows every viewer what the emulator says is painted, at most one frame of a screen later", () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        tenant = await setUpWatched({ rules });
        const { api, clock } = tenant;
        let { cardId } = await sendCard();
        const viewers = [lookAt(tenant, group)];
        for (const [index, action] of steps.entries()) {
          const sequence = index + 1;
          if (action.type === "content") await api.content(cardId, action.id, `${action.text}!`, sequence);
          if (action.type === "settings") {
            await api.settings(cardId, { streaming_mode: action.isStreaming }, sequence);
          }
          if (action.type === "replace") {
            const element = JSON.stringify(markdown("other", action.text));
            const path = `/open-apis/cardkit/v1/cards/${cardId}/elements/other`;
            await api.call("PUT", path, { element, sequence });
          }
          if (action.type === "wait") clock.advance(action.ms);
          if (action.type === "send") ({ cardId } = await sendCard());
          if (action.type === "viewer" && action.isComing) viewers.push(lookAt(tenant, group));
          if (action.type === "viewer" && !action.isComing) viewers.shift()?.leave();

          const before = truth();
          clock.advance(16);
          const after = truth();
          for (const viewer of viewers) {
            for (const [place, seen] of paintedTexts(viewer).entries()) {
              expect(seen.startsWith(before[place] ?? "?"), `${seen} < ${before[place]}`).toBe(true);
              expect(after[place]?.startsWith(seen), `${seen} > ${after[place]}`).toBe(true);
            }
          }
        }
        clock.advance(10_000);
        for (const viewer of viewers) expect(paintedTexts(viewer)).toEqual(truth());
      }),
      { numRuns: cases(1.5) },
    ));
});
