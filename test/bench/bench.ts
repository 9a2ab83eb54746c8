import { parseArgs } from "node:util";
import { callsOfModes } from "./calls.ts";
import { pacingCurves } from "./pacing.ts";
import { bytesSection } from "./rows/bytes.ts";
import { exactnessSection } from "./rows/exactness.ts";
import { heapSection } from "./rows/heap.ts";
import { lagSections } from "./rows/lag.ts";
import { realTimeSection } from "./rows/real-time.ts";
import { weightSection } from "./rows/weight.ts";
import { workSection } from "./rows/work.ts";
import type { Section } from "./section.ts";
import { sectionText, writeResults } from "./write-results.ts";

const topics: Readonly<Record<string, () => Promise<Section | Section[]>>> = {
  exactness: exactnessSection,
  lag: lagSections,
  bytes: bytesSection,
  // After the rows in virtual time, because sockets that stay open would use its timers.
  "real-time": realTimeSection,
  work: workSection,
  heap: heapSection,
  weight: weightSection,
};

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    pacing: { type: "boolean", default: false },
    calls: { type: "boolean", default: false },
    rate: { type: "string", default: "60" },
    trip: { type: "string", default: "80" },
    intervals: { type: "string", default: "100,150,250" },
  },
});

if (values.calls) await callsOfModes(console.log);
else if (values.pacing) {
  const tokensPerSecond = positive("rate", values.rate);
  const roundTripMs = positive("trip", values.trip);
  const intervalsMs = values.intervals.split(",").map((interval) => positive("intervals", interval));
  await pacingCurves({ tokensPerSecond, roundTripMs, intervalsMs }, console.log);
} else {
  const names = values.only?.split(",") ?? Object.keys(topics);
  const sections: Section[] = [];
  for (const name of names) {
    const measure = topics[name];
    if (measure === undefined) fail(`--only takes ${Object.keys(topics).join(", ")}, received ${name}.`);
    for (const section of [await measure()].flat()) {
      console.log(sectionText(section));
      sections.push(section);
    }
  }
  if (values.only === undefined) await writeResults(sections);
}

function positive(option: string, value: string): number {
  const number = Number(value);
  if (number > 0 && Number.isFinite(number)) return number;
  return fail(`--${option} takes positive numbers, received ${JSON.stringify(value)}.`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
