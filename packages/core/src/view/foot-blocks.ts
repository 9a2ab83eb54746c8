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

/** Makes the status of a run that has ended. */
export function composeEnd(
  end: RunEnd,
  hasText: boolean,
  failureText: ResolvedBlockOptions["failureText"],
): CardStatus {
  if (end.status !== "failed") return { phase: "ended", end, hasText };
  const cause = ownCause(end.error, failureText) ?? failureCause(end.error);
  return { phase: "ended", end, hasText, ...(cause !== undefined && { cause }) };
}

/** Longest reason of a failure in the caller's own words, in UTF-16 units. */
const MAX_FAILURE_CHARS = 100;

function ownCause(
  error: unknown,
  failureText: ResolvedBlockOptions["failureText"],
): { text: string } | undefined {
  try {
    const text = failureText?.(error);
    if (typeof text !== "string" || text.trim() === "") return undefined;
    return { text: text.replace(/\s+/g, " ").trim().slice(0, MAX_FAILURE_CHARS).toWellFormed() };
  } catch {
    return undefined;
  }
}

const MAX_SOURCES = 20;
const MAX_SOURCE_TITLE_CHARS = 80;

/** Longest address that becomes a link. */
const MAX_SOURCE_URL_CHARS = 500;

/** Makes the block of a run's sources; `undefined` where it has none. */
export function composeSources(sources: readonly SourceLink[]): SourcesBlock | undefined {
  if (sources.length === 0) return undefined;
  const links = sources.slice(0, MAX_SOURCES).map(({ title, url }) => {
    const isLinked = url !== undefined && /^https?:\/\//i.test(url) && url.length <= MAX_SOURCE_URL_CHARS;
    return { title: oneLine(title?.trim() || (url ?? ""), MAX_SOURCE_TITLE_CHARS), ...(isLinked && { url }) };
  });
  return { type: "sources", id: "sources", sources: links, more: sources.length - links.length };
}

/** Makes the footer of an answer; `undefined` where none of its facts is known. */
export function composeFooter(
  options: ResolvedBlockOptions["footer"],
  { model, usage }: Pick<RunState, "model" | "usage">,
  times: { readonly firstTokenMs: number | undefined; readonly runMs: number },
): FooterBlock | undefined {
  if (options === undefined) return undefined;
  const name = typeof options.model === "string" ? options.model : options.model ? model : undefined;
  const { inputTokens, outputTokens } = options.tokens ? (usage ?? {}) : {};
  const facts = {
    ...(name !== undefined && { model: name.slice(0, MAX_MODEL_CHARS).toWellFormed() }),
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(options.firstToken && times.firstTokenMs !== undefined && { firstTokenMs: times.firstTokenMs }),
    ...(options.totalTime && { totalMs: times.runMs }),
  };
  return Object.keys(facts).length === 0 ? undefined : { type: "footer", id: "footer", ...facts };
}

const MAX_MODEL_CHARS = 60;

/** Makes the buttons that have an effect now; `undefined` where none has. */
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

/** Facts that decide which buttons a card has. */
export interface ActionFacts {
  /** Index of the card among the run's cards, from 0 on. */
  readonly card: number;
  /** End of the run; `undefined` while it goes on. */
  readonly end: RunEnd | undefined;
  /** The answer has text. */
  readonly hasText: boolean;
  /** A stop reaches the run. */
  readonly isStoppable: boolean;
}

const actionEnds: readonly (RunEnd | undefined)[] = [undefined, { status: "finished" }];

/**
 * Lists the blocks that may come to stand at the foot of a card, so that room is kept for the largest. At most one block
 * of each list stands there at a time.
 */
export function possibleFoot(options: ResolvedBlockOptions): CardBlock[][] {
  const statuses = reasons.map((reason): CardBlock => status({ status: "failed", reason }));
  const own: CardBlock = {
    type: "status",
    id: "status",
    status: {
      phase: "ended",
      end: { status: "failed", reason: "error" },
      hasText: true,
      cause: { text: "字".repeat(options.failureText === undefined ? 0 : MAX_FAILURE_CHARS) },
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
  model: "字".repeat(MAX_MODEL_CHARS),
  inputTokens: 9_999_999,
  outputTokens: 9_999_999,
  firstTokenMs: 9_999_999,
  totalMs: 9_999_999,
};
