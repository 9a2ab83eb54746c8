import type { StepEntry } from "@streamcard/core/internal";
import type { Outcome } from "./play/outcome.ts";
import { isFinalizing } from "./scenario/fault-plan.ts";
import { waitLines } from "./steps.ts";

/** Tells a scenario in lines: each request, each reason why nothing was written, and the ends of the runs. */
export function traceOf(
  { requests, streams, scenario, eventsMet }: Outcome,
  steps: readonly StepEntry[] = [],
): string {
  const start = requests[0]?.time ?? 0;
  const lines = requests.map((request) => {
    const { time, operation, cardId, sequence, status, code, fault, answeredAt, applied } = request;
    const words = [
      isFinalizing(request) ? `${operation} (finalizes)` : operation,
      ...(cardId === undefined ? [] : [`card …${cardId.slice(-6)}`]),
      ...(sequence === undefined ? [] : [`sequence ${sequence}`]),
      `HTTP ${status ?? "-"}, code ${code ?? "-"}${applied ? "" : ", not applied"}`,
      answeredAt === undefined ? "never answered" : `answered after ${answeredAt - time} ms`,
      ...(fault === undefined ? [] : [`FAULT ${fault}`]),
    ];
    return { time, text: words.join("; ") };
  });
  lines.push(...waitLines(steps));
  lines.push(...eventsMet.map(({ kind, at }) => ({ time: at, text: `-- ${kind}` })));
  for (const [index, { endedAt, settledAt, result }] of streams.entries()) {
    lines.push({ time: endedAt, text: `-- run ${index + 1} ends (${scenario.end})` });
    const why = result.deliveryError instanceof Error ? `: ${result.deliveryError.message}` : "";
    const cards = result.cards.map(({ cardId }) => `…${cardId.slice(-6)}`).join(" ");
    lines.push({
      time: settledAt,
      text: `-- run ${index + 1} settles, delivery ${result.delivery} on ${cards}${why}`,
    });
  }
  const inOrder = lines.sort((a, b) => a.time - b.time);
  return inOrder.map(({ time, text }) => `${String(time - start).padStart(8)} ms  ${text}`).join("\n");
}
