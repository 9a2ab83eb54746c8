import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { startFeishuEmulator } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";

describe("given a process in the middle of two LangChain runs on one handler", () => {
  it("finalizes both cards when it is told to end, and ends by the signal", async () => {
    const emulator = await startFeishuEmulator({ page: false });
    const { appId, appSecret } = emulator.credentials;
    const script = join(import.meta.dirname, "open-langchain-runs.ts");
    const child = spawn(process.execPath, [script, emulator.url, appId, appSecret, emulator.chats.group]);
    child.stdout.on("data", () => child.kill("SIGTERM"));
    const [, killedBy] = await once(child, "exit");
    const cards = emulator.cards();
    await emulator.close();
    expect(killedBy).toBe("SIGTERM");
    const shown = cards.map(({ elements }) => elements.map(({ content }) => content));
    expect(shown.map((contents) => contents.includes("已停止"))).toEqual([true, true]);
    expect(shown.flat().filter((content) => content?.includes("还没有写完"))).toHaveLength(2);
    expect(cards.map(({ streaming, finalizations }) => [streaming, finalizations])).toEqual([
      [false, 1],
      [false, 1],
    ]);
  });
});
