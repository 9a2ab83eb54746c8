import { ManualClock } from "@streamcard/core/testing";
import { describe, expect, it } from "vitest";
import { memoryConversationStore } from "./conversation-store.ts";
import { memoryDeliveryStore } from "./delivery-store.ts";

describe("given deliveries that are remembered in memory", () => {
  it("gives a key out once within its time", async () => {
    const clock = new ManualClock();
    const store = memoryDeliveryStore(clock);
    expect([store.claim("a", 1_000), store.claim("a", 1_000), store.claim("b", 1_000)]).toEqual([
      true,
      false,
      true,
    ]);
    await clock.advance(999);
    expect(store.claim("a", 1_000)).toBe(false);
    await clock.advance(1);
    expect(store.claim("a", 1_000)).toBe(true);
  });

  it("forgets the oldest beyond its size", () => {
    const store = memoryDeliveryStore(new ManualClock(), 2);
    for (const key of ["a", "b", "c"]) store.claim(key, 1_000);
    expect([store.claim("c", 1_000), store.claim("b", 1_000), store.claim("a", 1_000)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("given conversations that are remembered in memory", () => {
  const turn = (id: string, content = id) => ({ id, messages: [{ role: "user", content } as const] });

  it("keeps the newest turns of each, and puts a turn in its own place again", async () => {
    const store = memoryConversationStore({ maxTurns: 2 });
    for (const id of ["1", "2", "3"]) await store.write("a", turn(id));
    await store.write("a", turn("2", "again"));
    expect(await store.read("a")).toEqual([turn("2", "again"), turn("3")]);
  });

  it("forgets the conversation that was silent longest", async () => {
    const store = memoryConversationStore({ maxConversations: 2 });
    await store.write("a", turn("1"));
    await store.write("b", turn("1"));
    await store.write("a", turn("2"));
    await store.write("c", turn("1"));
    expect(await store.read("b")).toEqual([]);
    expect(await store.read("a")).toHaveLength(2);
  });
});
