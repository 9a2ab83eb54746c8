import type { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator, type FeishuEmulator } from "@streamcard/emulator";
import { randomFrom } from "../scenario/answer-text.ts";
import type { Scenario } from "../scenario/scenario.ts";

const shrunk = { bytes: 2_500, elements: 12, tables: 1 };

/** Smallest limits that have room for all blocks and five lanes. */
const shrunkWithBlocks = { bytes: 7_000, elements: 36, tables: 1 };
const shrunkWithLanes = { bytes: 13_000, elements: 54, tables: 1 };

/** Returns limits so small that every run meets page boundaries. */
export function shrunkLimits({ blocks }: Scenario): typeof shrunk {
  if (blocks === undefined) return shrunk;
  return blocks.lanes.length === 0 ? shrunkWithBlocks : shrunkWithLanes;
}

/** Share of the longest trip that every trip takes on a steady network. */
const STEADY_SHARE = 0.95;

/** Makes the emulator of a scenario, with trips that take time in both directions. */
export function platformOf(scenario: Scenario, clock: ManualClock): FeishuEmulator {
  const random = randomFrom(scenario.deltaSeed ^ 0x5eed);
  // Half of the networks are steady, because only there the least time of an operation is known.
  const least = scenario.deltaSeed % 2 === 0 ? STEADY_SHARE : 0;
  const trip = () => 1 + Math.floor((least + random() * (1 - least)) * scenario.longestTripMs);
  const { bytes, elements, tables } = shrunkLimits(scenario);
  return createFeishuEmulator({
    clock,
    latency: () => ({ requestMs: trip(), responseMs: trip() }),
    history: { requests: 200_000, operations: 100_000 },
    rules: {
      ...scenario.rules,
      ...(scenario.limits === "shrunk" && {
        maxBytes: bytes,
        maxElements: elements,
        maxTables: tables,
        maxTablesPerMarkdown: 1,
      }),
    },
  });
}
