import { describe, expect, it } from "vitest";
import { connectionReset } from "../../exchange/fault-answers.ts";
import type { InspectionEvent } from "../../page-protocol/inspection-event.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";
import { setUpWatched, type WatchedTenant } from "../testing/page-viewer.ts";
import { inspectCard } from "./inspect-card.ts";

describe("given somebody who looks into a card", () => {
  const look = (tenant: WatchedTenant, messageId: string) => {
    const events: InspectionEvent[] = [];
    const { parts, emulator } = tenant;
    const inspection = { world: parts.world, requests: () => emulator.requests() };
    const leave = inspectCard(inspection, messageId, (event) => events.push(event));
    return { events, leave };
  };
  const kinds = ([first, ...rest]: InspectionEvent[]) => [
    ...(first?.type === "inspection" ? first.operations : []).map(({ kind, code }) => `${kind} ${code}`),
    ...rest.map((event) =>
      event.type === "operation" ? `${event.operation.kind} ${event.operation.code}` : event.type,
    ),
  ];

  it("tells of its requests, past and coming, and of no other card's", async () => {
    const tenant = await setUpWatched();
    const { api, emulator, clock } = tenant;
    const cardId = await api.create(streamingCard(markdown("answer")));
    const other = await api.create(streamingCard(markdown("answer")));
    clock.advance(1_000);
    const messageId = await api.send(cardId, emulator.chats.direct);

    const { events, leave } = look(tenant, messageId);
    await api.content(cardId, "answer", "你好", 1);
    await api.content(other, "answer", "别的", 1);
    await api.content(cardId, "answer", "旧的", 1);
    leave();
    await api.content(cardId, "answer", "之后", 2);

    expect(kinds(events)).toEqual(["create 0", "send 0", "content 0", "content 300317"]);
    expect(events[0]).toMatchObject({
      cardId,
      openedAt: clock.now() - 1_000,
      now: clock.now(),
      limits: { bytes: 30_000, elements: 200, operationsPerSecond: 10 },
    });
    const { bytes, elementCount } = emulator.card(cardId);
    expect(events.at(-1)).toMatchObject({ usage: { bytes: bytes, elements: elementCount } });
  });

  it("counts what the card's limit counts: no reading, no refusal by the limit itself", async () => {
    const tenant = await setUpWatched({ rules: { cardLimitPerSecond: 1 } });
    const { api, emulator } = tenant;
    const cardId = await api.create(streamingCard(markdown("answer")));
    const messageId = await api.send(cardId, emulator.chats.direct);

    const { events } = look(tenant, messageId);
    await api.content(cardId, "answer", "一", 1);
    await api.content(cardId, "answer", "一二", 2);

    const counted = events.flatMap((event) =>
      event.type === "operation" ? [event.operation.isCounted] : [],
    );
    expect(counted).toEqual([true, false]);
    expect(events[0]).toMatchObject({ operations: [{ isCounted: false }, { isCounted: false }] });
  });

  it("tells of a request that got no answer, and of the failure that it met", async () => {
    const tenant = await setUpWatched();
    const { api, emulator } = tenant;
    const cardId = await api.create(streamingCard(markdown("answer")));
    const messageId = await api.send(cardId, emulator.chats.direct);
    emulator.faults({ on: "content", answer: connectionReset() });

    const { events } = look(tenant, messageId);
    await api.content(cardId, "answer", "一", 1).catch(() => {});

    expect(events.at(-1)).toMatchObject({
      operation: { kind: "content", code: undefined, fault: expect.any(String) },
    });
  });

  it("measures a card that came in its message too", async () => {
    const tenant = await setUpWatched();
    const { api, emulator } = tenant;
    const card = cardOf(markdown("answer", "一"), { tag: "hr" });
    const sent = await api.call("POST", "/open-apis/im/v1/messages?receive_id_type=chat_id", {
      receive_id: emulator.chats.direct,
      msg_type: "interactive",
      content: JSON.stringify(card),
    });

    const { events } = look(tenant, String(sent.data.message_id));

    expect(events).toMatchObject([
      { cardId: undefined, usage: { bytes: Buffer.byteLength(JSON.stringify(card)), elements: 2 } },
    ]);
  });

  it("has nothing to tell of a message that is not there", async () => {
    const { events } = look(await setUpWatched(), "om_none");

    expect(events).toMatchObject([{ cardId: undefined, operations: [], usage: { bytes: 0, elements: 0 } }]);
  });
});
