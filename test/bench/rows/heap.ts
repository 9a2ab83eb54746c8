import { allCandidates } from "../candidates/all-candidates.ts";
import { bareLoop } from "../candidates/bare-loop.ts";
import { streamcard } from "../candidates/streamcard.ts";
import { numberFrom } from "../run-process.ts";
import type { Row, Section } from "../section.ts";

/** Numbers of open cards at which their heap is measured. */
const CARDS = [40, 400];
const HEAP_BUDGET = "20 KB";

/** Flags that keep V8 from compiling functions and discarding their code, neither of which is part of a card's cost. */
const HEAP_FLAGS = ["--expose-gc", "--no-flush-bytecode", "--no-opt", "--no-maglev", "--no-sparkplug"];

/** Measures the heap of an open card against its budget. */
export async function heapSection(): Promise<Section> {
  const rows: Row[] = [];
  for (const cards of CARDS) rows.push(await heapRow(cards));
  return {
    title: "Heap",
    about:
      "In real time, over HTTP, with the platform in another thread. Heap is what open cards with 600 characters each " +
      "take beside as many others, without what a bare `for await` over the same tokens takes. The budget is " +
      `${HEAP_BUDGET} for each card, whatever their number. It is not compared, because a card that promises nothing ` +
      "has nothing to keep.",
    rows,
  };
}

/** Measures the heap of an open card. @param cards Number of cards that are open. */
async function heapRow(cards: number): Promise<Row> {
  const heapOf = (name: string) => numberFrom("heap.ts", [name, String(cards)], HEAP_FLAGS);
  const heap = (await heapOf(streamcard().name)) - (await heapOf(bareLoop.name));
  const none = allCandidates.slice(1).map(() => "–");
  return {
    id: `heap ${cards}`,
    name: `heap per open card, ${cards} open, budget ${HEAP_BUDGET}`,
    cells: [kilobytes(heap), ...none],
  };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}
