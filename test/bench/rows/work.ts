import { allCandidates } from "../candidates/all-candidates.ts";
import { bareLoop } from "../candidates/bare-loop.ts";
import { numberFrom } from "../run-process.ts";
import { compared, type Row, type Section, times } from "../section.ts";

const SIZES = [
  { id: "1 KB", bytes: 1_000 },
  { id: "1 MB", bytes: 1_000_000 },
];

/** Flags that keep V8 from compiling functions and discarding their code, neither of which is part of a card's cost. */
const HEAP_FLAGS = ["--expose-gc", "--no-flush-bytecode", "--no-opt", "--no-maglev", "--no-sparkplug"];

/** Measures processor time and heap of each candidate. */
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
  const heaps: number[] = [];
  const source = await numberFrom("heap.ts", [bareLoop.name], HEAP_FLAGS);
  for (const { name } of allCandidates)
    heaps.push((await numberFrom("heap.ts", [name], HEAP_FLAGS)) - source);
  rows.push({ id: "heap", name: "heap per open card", cells: compared(heaps, kilobytes) });
  return {
    title: "Work",
    about:
      "In real time, over HTTP, with the platform in another thread, a round trip of 20 ms and no limits in the way. " +
      "CPU is the thread's own time for a token at 200 tokens/s once the answer has that size, and its ratio to a bare " +
      "`for await` over the same tokens. Heap is what 40 open cards with 600 characters each take beside 40 others, " +
      "without what that loop takes over the same tokens.",
    rows,
  };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}
