import type { FaultAnswer, RequestRecord } from "@streamcard/emulator";
import { type FaultOperation, faultKind, faultKinds } from "./fault-kinds.ts";

export const positions = ["first", "middle", "last"] as const;
export type Position = (typeof positions)[number];

export const ends = ["finish", "stop", "fail", "abort"] as const;
export type End = (typeof ends)[number];

/** One fault: its kind, the requests that it hits, and how often. Plain data, so that it can be printed and repeated. */
export interface FaultPlan {
  readonly kind: string;
  readonly operation: FaultOperation;
  /** Position among the requests that the same run makes without the fault. */
  readonly position: Position;
  readonly times: 1 | 2 | 3 | "ever";
  /** Index of the kind's answer, modulo their number. */
  readonly answer: number;
}

/** Cell of the matrix that has to be visited. */
export interface FaultCell extends Pick<FaultPlan, "kind" | "operation" | "position"> {
  readonly end: End;
}

/** All possible combinations of kind, operation, position and end. */
export const faultCells: readonly FaultCell[] = faultKinds.flatMap(({ name, answers }) =>
  (Object.keys(answers) as FaultOperation[]).flatMap((operation) =>
    positions.flatMap((position) => ends.map((end) => ({ kind: name, operation, position, end }))),
  ),
);

type AnswerPlan = Pick<FaultPlan, "kind" | "operation" | "answer">;

/** Returns the index of the answer that a plan means. */
export function answerIndex({ kind, operation, answer }: AnswerPlan): number {
  return answer % (faultKind(kind).answers[operation]?.length ?? 1);
}

export function faultAnswer(plan: AnswerPlan): FaultAnswer {
  const { kind, operation } = plan;
  const found = faultKind(kind).answers[operation]?.[answerIndex(plan)];
  if (found === undefined) throw new TypeError(`The fault "${kind}" does not hit ${operation}.`);
  return found;
}

/** Checks that a fault on this operation hits a request. */
export function isHit(operation: FaultOperation, request: RequestRecord): boolean {
  switch (operation) {
    case "text":
      return request.operation === "content";
    case "structure":
      return request.operation === "batch" && !isFinalizing(request);
    case "finalize":
      return isFinalizing(request);
    default:
      return request.operation === operation;
  }
}

/** Checks that a request ends streaming for good: with a summary, which renewing streaming mode does not send. */
export function isFinalizing({ operation, body }: RequestRecord): boolean {
  if (operation !== "batch" && operation !== "settings" && operation !== "update") return false;
  const { actions, settings, card } = body as FinalizingBody;
  const text = actions ?? settings ?? card?.data ?? "";
  return text.includes('"streaming_mode":false') && text.includes('"summary":');
}

interface FinalizingBody {
  readonly actions?: string;
  readonly settings?: string;
  readonly card?: { readonly data?: string };
}

/** Returns the number of the request at a position, from 1; `undefined` if there are too few for all positions. */
export function nthOf(position: Position, made: number): number | undefined {
  if (position === "first") return made >= 1 ? 1 : undefined;
  if (position === "last") return made >= 2 ? made : undefined;
  return made >= 3 ? Math.ceil(made / 2) : undefined;
}
