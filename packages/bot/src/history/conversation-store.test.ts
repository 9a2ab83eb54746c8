import { describe, expect, it } from "vitest";
import { memoryConversationStore } from "./conversation-store.ts";

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
