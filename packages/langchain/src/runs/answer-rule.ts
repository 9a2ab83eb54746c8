import type { Metadata } from "./callback-arguments.ts";
import { ancestorsOf, type RunKind, type RunNode } from "./run-tree.ts";

/** A run whose text may belong to the answer: a model, or a graph's node that returns a message as it is. */
export interface AnswerCandidate {
  readonly runId: string;
  readonly kind: RunKind;
  readonly name: string;
  readonly tags: readonly string[];
  /** With `langgraph_node` and the like, and the caller's own fields. May hold secrets. */
  readonly metadata: Metadata;
  /** The runs above it, from the inside out. */
  readonly ancestors: readonly { readonly kind: RunKind; readonly name: string }[];
  /** What the rule says that holds without an `isAnswer`. */
  readonly isAnswerByDefault: boolean;
}

/** Tags of runs whose output LangGraph's own stream leaves out, too. */
const silentTags = ["nostream", "langsmith:nostream", "langsmith:hidden"];

export function isSilent({ tags }: RunNode): boolean {
  return tags.some((tag) => silentTags.includes(tag));
}

/** Whether a run works for a tool or a retriever: an agent inside a tool talks to the agent outside. */
export function isBelowTool(node: RunNode): boolean {
  for (const { kind } of ancestorsOf(node)) if (kind === "tool" || kind === "retriever") return true;
  return false;
}

/** Whether a run's text belongs to the answer: unless it is tagged `nostream`, or works for a tool or a retriever. */
export function isAnswer(node: RunNode, rule: ((run: AnswerCandidate) => boolean) | undefined): boolean {
  const isAnswerByDefault = !isSilent(node) && !isBelowTool(node);
  if (rule === undefined) return isAnswerByDefault;
  const { id: runId, kind, name, tags, metadata } = node;
  const ancestors = [...ancestorsOf(node)].map((run) => ({ kind: run.kind, name: run.name }));
  return rule({ runId, kind, name, tags, metadata, ancestors, isAnswerByDefault });
}
