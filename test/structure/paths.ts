import { Session } from "node:inspector/promises";
import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";

/** Files and functions of the product that something passes through, the emulator's aside. */
export interface Path {
  readonly name: string;
  readonly files: readonly string[];
  readonly functions: number;
}

/** Follows a delta to its write on the card, and an abort to the final card, by the coverage of a run in virtual time. */
export async function measurePaths(): Promise<readonly Path[]> {
  const clock = new ManualClock();
  const emulator = createFeishuEmulator({ clock, latency: () => ({ requestMs: 40, responseMs: 40 }) });
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    clock,
    handleSignals: false,
  });
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  const card = feishu.card({ to: emulator.chats.group });
  card.push("天空是蓝色的，");
  await clock.advance(2_000);
  const delta = await follow(session, "delta", async () => {
    card.push("因为短波长的光");
    await clock.advance(500);
  });
  const abort = await follow(session, "abort", async () => {
    void card.stop("aborted");
    await clock.until(card.result);
  });
  session.disconnect();
  return [delta, abort];
}

async function follow(session: Session, name: string, act: () => Promise<void>): Promise<Path> {
  // Taking the coverage sets its counts back.
  await session.post("Profiler.takePreciseCoverage");
  await act();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const passed = result.flatMap(({ url, functions }) => {
    const file = /packages\/(?!emulator)[^/]+\/src\/.*$/.exec(url)?.[0];
    if (file === undefined || /\/testing\//.test(file)) return [];
    // The first function of a module is the module itself.
    const called = functions.filter(
      ({ functionName, ranges }) => functionName !== "" && (ranges[0]?.count ?? 0) > 0,
    );
    return called.length === 0 ? [] : [{ file, functions: called.length }];
  });
  return {
    name,
    files: passed.map(({ file }) => file).sort(),
    functions: passed.reduce((sum, { functions }) => sum + functions, 0),
  };
}
