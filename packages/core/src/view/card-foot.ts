import type {
  ActionsBlock,
  CardBlock,
  CardButton,
  CardStatus,
  FooterBlock,
  SourcesBlock,
} from "../contract/card-block.ts";
import type { RunEnd } from "../contract/run-end.ts";
import { oneLine } from "../cut-text.ts";
import type { SourceLink } from "../run/run-part.ts";
import type { RunState } from "../run/run-state.ts";
import type { ResolvedBlockOptions } from "./block-options.ts";
import { failureCause } from "./failure-cause.ts";

/** How the run ended, as the reader is told. */
export function composeEnd(
  end: RunEnd,
  hasText: boolean,
  failureText: ResolvedBlockOptions["failureText"],
): CardStatus {
  if (end.status !== "failed") return { phase: "ended", end, hasText };
  const cause = ownCause(end.error, failureText) ?? failureCause(end.error);
  return { phase: "ended", end, hasText, ...(cause !== undefined && { cause }) };
}

const FAILURE_LENGTH = 100;

function ownCause(
  error: unknown,
  failureText: ResolvedBlockOptions["failureText"],
): { text: string } | undefined {
  try {
    const text = failureText?.(error);
    if (typeof text !== "string" || text.trim() === "") return undefined;
    return { text: text.replace(/\s+/g, " ").trim().slice(0, FAILURE_LENGTH).toWellFormed() };
  } catch {
    return undefined;
  }
}

const MOST_SOURCES = 20;
const SOURCE_TITLE_LENGTH = 80;
const SOURCE_URL_LENGTH = 500;

/** What a run builds on; `undefined` where it names nothing. */
export function composeSources(sources: readonly SourceLink[]): SourcesBlock | undefined {
  if (sources.length === 0) return undefined;
  const links = sources.slice(0, MOST_SOURCES).map(({ title, url }) => {
    const isLinked = url !== undefined && /^https?:\/\//i.test(url) && url.length <= SOURCE_URL_LENGTH;
    return { title: oneLine(title?.trim() || (url ?? ""), SOURCE_TITLE_LENGTH), ...(isLinked && { url }) };
  });
  return { type: "sources", id: "sources", sources: links, more: sources.length - links.length };
}

/** What a run took; `undefined` where nothing of what is asked for is known. */
export function composeFooter(
  options: ResolvedBlockOptions["footer"],
  { model, usage }: Pick<RunState, "model" | "usage">,
  times: { readonly firstTokenMs: number | undefined; readonly runMs: number },
): FooterBlock | undefined {
  if (options === undefined) return undefined;
  const name = typeof options.model === "string" ? options.model : options.model ? model : undefined;
  const { inputTokens, outputTokens } = options.tokens ? (usage ?? {}) : {};
  const facts = {
    ...(name !== undefined && { model: name.slice(0, MODEL_LENGTH).toWellFormed() }),
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(options.firstToken && times.firstTokenMs !== undefined && { firstTokenMs: times.firstTokenMs }),
    ...(options.totalTime && { totalMs: times.runMs }),
  };
  return Object.keys(facts).length === 0 ? undefined : { type: "footer", id: "footer", ...facts };
}

const MODEL_LENGTH = 60;

/** What the reader can do now; `undefined` where that is nothing. */
export function composeActions(
  options: ResolvedBlockOptions["actions"],
  { card, end, hasText, isStoppable }: ActionFacts,
): ActionsBlock | undefined {
  const buttons: CardButton[] = [];
  if (end === undefined) {
    if (options.stop && isStoppable) buttons.push({ action: "stop" });
  } else if (end.reason !== "waiting") {
    if (options.feedback && hasText && end.status === "finished") buttons.push(...feedback);
    if (options.regenerate) buttons.push({ action: "regenerate" });
  }
  return buttons.length === 0 ? undefined : { type: "actions", id: "actions", card, buttons };
}

const feedback: readonly CardButton[] = [
  { action: "feedback", rating: "up" },
  { action: "feedback", rating: "down" },
];

export interface ActionFacts {
  /** Which of the run's cards it is. */
  readonly card: number;
  readonly end: RunEnd | undefined;
  readonly hasText: boolean;
  readonly isStoppable: boolean;
}

const actionEnds: readonly (RunEnd | undefined)[] = [undefined, { status: "finished" }];

/** What may come to stand at the foot of a card, one of each list at a time, so that there is room for the largest. */
export function possibleFoot(options: ResolvedBlockOptions): CardBlock[][] {
  const statuses = reasons.map((reason): CardBlock => status({ status: "failed", reason }));
  const own: CardBlock = {
    type: "status",
    id: "status",
    status: {
      phase: "ended",
      end: { status: "failed", reason: "error" },
      hasText: true,
      cause: { text: "字".repeat(options.failureText === undefined ? 0 : FAILURE_LENGTH) },
    },
  };
  const tool: CardBlock = {
    type: "status",
    id: "status",
    status: { phase: "tool", toolName: "字".repeat(60) },
  };
  const stopped = status({ status: "stopped", reason: "reader", stoppedBy: "o".repeat(64) });
  return [
    [...statuses, own, tool, stopped, { type: "status", id: "status", status: { phase: "thinking" } }],
    ...(options.footer === undefined ? [] : [[largestFooter]]),
    actionEnds.flatMap((end) => {
      const facts = { card: 99, end, hasText: true, isStoppable: true };
      return composeActions(options.actions, facts) ?? [];
    }),
  ];
}

function status(end: RunEnd): CardBlock {
  return { type: "status", id: "status", status: { phase: "ended", end, hasText: true } };
}

const reasons = [
  "reader",
  "aborted",
  "timeout",
  "error",
  "length",
  "content-filter",
  "step-limit",
  "waiting",
] as const;

const largestFooter: FooterBlock = {
  type: "footer",
  id: "footer",
  model: "字".repeat(MODEL_LENGTH),
  inputTokens: 9_999_999,
  outputTokens: 9_999_999,
  firstTokenMs: 9_999_999,
  totalMs: 9_999_999,
};
