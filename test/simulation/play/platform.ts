import type { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator, type FeishuEmulator } from "@streamcard/emulator";
import { randomFrom } from "../scenario/answer-text.ts";
import type { Scenario } from "../scenario/scenario.ts";

const shrunk = { bytes: 2_500, elements: 12, tables: 1 };

/** As small as a card can be with everything on it, and with five lanes. */
const shrunkWithBlocks = { bytes: 7_000, elements: 36, tables: 1 };
const shrunkWithLanes = { bytes: 13_000, elements: 54, tables: 1 };

/** Limits of a card so small that boundaries happen all the time. */
export function shrunkLimits({ blocks }: Scenario): typeof shrunk {
  if (blocks === undefined) return shrunk;
  return blocks.lanes.length === 0 ? shrunkWithBlocks : shrunkWithLanes;
}

/** Of the longest trip, what each takes over a steady network. */
const STEADY_SHARE = 0.95;

/** The platform of a scenario, whose requests and answers travel for some time. */
export function platformOf(scenario: Scenario, clock: ManualClock): FeishuEmulator {
  const random = randomFrom(scenario.deltaSeed ^ 0x5eed);
  // Half of the networks are steady: only over these is it known how long an operation takes at the least.
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
