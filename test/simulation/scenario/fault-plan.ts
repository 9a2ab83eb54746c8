import type { FaultAnswer, RequestRecord } from "@streamcard/emulator";
import { type FaultOperation, faultKind, faultKinds } from "./fault-kinds.ts";

export const positions = ["first", "middle", "last"] as const;
export type Position = (typeof positions)[number];

export const ends = ["finish", "stop", "fail", "abort"] as const;
export type End = (typeof ends)[number];

/** One fault: what happens, to what, when, and how often. Nothing but words and numbers, so that it can be repeated. */
export interface FaultPlan {
  readonly kind: string;
  readonly operation: FaultOperation;
  /** Which of the requests that the same run makes without the fault. */
  readonly position: Position;
  readonly times: 1 | 2 | 3 | "ever";
  /** Which of the kind's answers, counted over them again and again. */
  readonly answer: number;
}

/** A place in the matrix that has to be visited. */
export interface FaultCell extends Pick<FaultPlan, "kind" | "operation" | "position"> {
  readonly end: End;
}

/** Every combination of kind, operation, position and end that there can be. */
export const faultCells: readonly FaultCell[] = faultKinds.flatMap(({ name, answers }) =>
  (Object.keys(answers) as FaultOperation[]).flatMap((operation) =>
    positions.flatMap((position) => ends.map((end) => ({ kind: name, operation, position, end }))),
  ),
);

type AnswerPlan = Pick<FaultPlan, "kind" | "operation" | "answer">;

/** Which of the kind's answers a plan means. */
export function answerIndex({ kind, operation, answer }: AnswerPlan): number {
  return answer % (faultKind(kind).answers[operation]?.length ?? 1);
}

export function faultAnswer(plan: AnswerPlan): FaultAnswer {
  const { kind, operation } = plan;
  const found = faultKind(kind).answers[operation]?.[answerIndex(plan)];
  if (found === undefined) throw new TypeError(`The fault "${kind}" does not hit ${operation}.`);
  return found;
}

/** Whether a request is one that such a fault hits. */
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

/** Whether a request ends streaming for good. Streaming that is switched off to be renewed says no summary. */
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

/** The request that a position means, counted from 1; `undefined` where too few are made to tell positions apart. */
export function nthOf(position: Position, made: number): number | undefined {
  if (position === "first") return made >= 1 ? 1 : undefined;
  if (position === "last") return made >= 2 ? made : undefined;
  return made >= 3 ? Math.ceil(made / 2) : undefined;
}
