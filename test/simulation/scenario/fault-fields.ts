import fc from "fast-check";
import { length, share } from "./arbitraries.ts";
import { type FaultOperation, faultKind, isMended } from "./fault-kinds.ts";
import { type FaultCell, type FaultPlan, faultCells } from "./fault-plan.ts";
import type { Fields, Scenario } from "./scenario.ts";

/** Step through the matrix, coprime to the number of cells, so that a few runs visit all parts of it. */
const STRIDE = 7_919;

/** Lengths of answers that fill several small cards; the second for cards with room for all blocks. */
const shortOnPages = { min: 1_800, max: 2_600 };
const longOnPages = { min: 6_500, max: 8_000 };

const times = fc.constantFrom<FaultPlan["times"][]>(1, 2, 3, "ever");

/** Draws a second fault from the cells that do not keep the first one from being met. */
function furtherFault(operation: FaultOperation): fc.Arbitrary<FaultPlan> {
  const unsent = operation === "reply" ? "send" : "reply";
  const cells = faultCells.filter(
    (cell) => cell.operation !== unsent && (isOfFrames(cell) || isMended(faultKind(cell.kind).class)),
  );
  return fc
    .record({ cell: fc.constantFrom(...cells), times, answer: fc.nat({ max: 100 }) })
    .map(({ cell: { end: _end, ...place }, times: often, answer }) => {
      const isEnding = isOfFrames(place) || often !== "ever";
      return { ...place, times: isEnding ? often : 1, answer };
    });
}

function isOfFrames({ operation }: Pick<FaultCell, "operation">): boolean {
  return operation === "text" || operation === "structure" || operation === "finalize";
}

/** Returns the fields of a scenario whose fault is the matrix's next cell, with a second fault if asked for. */
export function faultFields(
  index: number,
  { hasBlocks, hasTwo }: { readonly hasBlocks: boolean; readonly hasTwo: boolean },
): Partial<Fields> {
  const cell = faultCells[(index * STRIDE) % faultCells.length];
  if (cell === undefined) throw new RangeError("There are no faults.");
  const { end, ...place } = cell;
  const { operation } = place;
  const visit = Math.floor(index / faultCells.length);
  const answer = visit * 12 + ((index * STRIDE) % 12);
  const fault = times.map((often): FaultPlan => ({ ...place, times: often, answer }));
  const needsPages = isOnSeveralCards(cell);
  // Requests of these kinds come one after the other while the run goes on, so the run must last.
  const isTimed = operation === "text" || operation === "token" || operation === "structure";
  return {
    end: fc.constant(end),
    events: fc.constant([]),
    ...(isTimed && { pace: fc.constant<"smooth">("smooth") }),
    endShare: share(needsPages ? 0.8 : 0.6),
    faults: hasTwo ? fc.tuple(fault, furtherFault(operation)) : fc.tuple(fault),
    // Enough requests of the kind that the fault hits, so that there is a middle one and a last one.
    length: needsPages ? fc.integer(hasBlocks ? longOnPages : shortOnPages) : length(1_200, 400),
    ...(needsPages && { limits: fc.constant<"shrunk">("shrunk") }),
    // Requests that are made once for each card need several cards, not many writes.
    longestDelta: isTimed ? fc.constantFrom(3, 8) : fc.constantFrom(8, 40),
    longestGapMs: isTimed ? fc.constant(80) : fc.constantFrom(20, 80),
    target: operation === "reply" ? fc.constantFrom("reply", "reply-or-chat") : fc.constant("to"),
    ...(operation === "structure" && {
      steps: fc.constant(3),
      feed: fc.constantFrom("parts", "stream-text", "full-stream"),
      length: fc.integer({ min: 1_200, max: 1_800 }),
    }),
  };
}

function isOnSeveralCards({ operation, position }: FaultCell): boolean {
  return position !== "first" && (isOnce(operation) || operation === "finalize");
}

function isOnce(operation: FaultOperation): boolean {
  return operation === "create" || operation === "send" || operation === "reply";
}

/** Adapts the blocks to a fault: streaming for faults on writes, and no lanes unless the first request is hit. */
export function withFault(
  blocks: NonNullable<Scenario["blocks"]>,
  [fault]: Scenario["faults"],
): NonNullable<Scenario["blocks"]> {
  if (fault === undefined) return blocks;
  const lanes = fault.position === "first" ? blocks.lanes : [];
  return {
    ...blocks,
    lanes,
    show: { ...blocks.show, streaming: blocks.show.streaming || !isOnce(fault.operation) },
  };
}
