import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type FeishuEmulator, startFeishuEmulator } from "@streamcard/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let emulator: FeishuEmulator;
beforeAll(async () => {
  emulator = await startFeishuEmulator({ page: false });
});
afterAll(() => emulator.close());

/** Starts a bot with three open cards in a process of its own, and sends it a signal. */
async function tellToEnd(signal: NodeJS.Signals, ...args: string[]) {
  const { appId, appSecret } = emulator.credentials;
  const script = join(import.meta.dirname, "three-open-cards.ts");
  const known = emulator.cards().length;
  const child = spawn(process.execPath, [
    script,
    emulator.url,
    appId,
    appSecret,
    emulator.addChat(),
    ...args,
  ]);
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
    if (String(data).includes("open")) child.kill(signal);
  });
  child.stderr.on("data", (data) => {
    output += data;
  });
  const [code, killedBy] = await once(child, "exit");
  return { code, killedBy, output, cards: emulator.cards().slice(known) };
}

describe("given a process with three open cards", () => {
  it("finalizes them when it is told to end, and ends by the signal", async () => {
    const { killedBy, cards } = await tellToEnd("SIGTERM");
    expect(killedBy).toBe("SIGTERM");
    expect(cards).toHaveLength(3);
    for (const card of cards) {
      expect(card).toMatchObject({ streaming: false, finalizations: 1 });
      expect(card.elements.map(({ content }) => content)).toContain("已停止");
      expect(card.elements.some(({ content }) => content?.includes("还没有写完"))).toBe(true);
    }
  });

  it("does the same for Ctrl+C", async () => {
    const { killedBy, cards } = await tellToEnd("SIGINT");
    expect(killedBy).toBe("SIGINT");
    expect(cards.every(({ streaming }) => !streaming)).toBe(true);
  });

  it("leaves the end of the process to the application's own listener", async () => {
    const { code, output, cards } = await tellToEnd("SIGTERM", "own-listener");
    expect(cards.every(({ streaming }) => !streaming)).toBe(true);
    expect(output).toContain("own listener");
    expect(output).toContain('"status":"stopped","reason":"aborted","delivery":"card"');
    expect(output).toContain("went on");
    expect(code).toBe(0);
  });
});
