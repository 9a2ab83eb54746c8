import { allCandidates } from "../candidates/all-candidates.ts";
import { bareLoop } from "../candidates/bare-loop.ts";
import { numberFrom } from "../run-process.ts";
import { type Row, type Section, times } from "../section.ts";

const SIZES = [
  { id: "1 KB", bytes: 1_000 },
  { id: "1 MB", bytes: 1_000_000 },
];

/** Measures the processor time of each candidate. */
export async function workSection(): Promise<Section> {
  const rows: Row[] = [];
  const loops: number[] = [];
  for (const { bytes } of SIZES) loops.push(await numberFrom("cpu.ts", [bareLoop.name, String(bytes)]));
  const bare = Math.min(...loops);
  for (const { id, bytes } of SIZES) {
    const costs: number[] = [];
    for (const { name } of allCandidates) costs.push(await numberFrom("cpu.ts", [name, String(bytes)]));
    const cells = costs.map((cost) => `${Math.round(cost)} µs, ${times(cost / bare)}`);
    rows.push({ id: `cpu ${id}`, name: `CPU per token at ${id}`, cells });
  }
  return {
    title: "Work",
    about:
      "In real time, over HTTP, with the platform in another thread, a round trip of 20 ms and no limits in the way. " +
      "CPU is the thread's own time for a token at 200 tokens/s once the answer has that size, and its ratio to a bare " +
      "`for await` over the same tokens.",
    rows,
  };
}
