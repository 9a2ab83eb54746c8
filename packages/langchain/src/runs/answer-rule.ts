import type { Metadata } from "./callback-arguments.ts";
import { ancestorsOf, type RunKind, type RunNode } from "./run-tree.ts";

/** A run whose text may belong to the answer: a model, or a node of a graph that returns a finished message. */
export interface AnswerCandidate {
  /** LangChain's id of the run. */
  readonly runId: string;
  /** `"model"`, or `"chain"` for a node of a graph. */
  readonly kind: RunKind;
  /** The run's own name, else the name of its class. */
  readonly name: string;
  /** The caller's tags, and LangChain's own. */
  readonly tags: readonly string[];
  /** The caller's own fields, and LangChain's, such as `langgraph_node`. May hold secrets. */
  readonly metadata: Metadata;
  /** The runs above this one, from the inside out. */
  readonly ancestors: readonly { readonly kind: RunKind; readonly name: string }[];
  /** The verdict of the built-in rule, which holds without an `isAnswer` option. */
  readonly isAnswerByDefault: boolean;
}

/** Decides whether the text of a run belongs to the answer. */
export type AnswerRule = (run: AnswerCandidate) => boolean;

/** Tags of runs whose output LangGraph's own stream leaves out, too. */
const silentTags = ["nostream", "langsmith:nostream", "langsmith:hidden"];

export function isSilent({ tags }: RunNode): boolean {
  return tags.some((tag) => silentTags.includes(tag));
}

/** Tells whether a run works for a tool or a retriever: an agent inside a tool talks to the agent outside. */
export function isBelowTool(node: RunNode): boolean {
  for (const { kind } of ancestorsOf(node)) if (kind === "tool" || kind === "retriever") return true;
  return false;
}

/** Applies the caller's rule, or the default: no run that is tagged `nostream` or works for a tool or a retriever. */
export function isAnswer(node: RunNode, rule: AnswerRule | undefined): boolean {
  const isAnswerByDefault = !isSilent(node) && !isBelowTool(node);
  if (rule === undefined) return isAnswerByDefault;
  const { id: runId, kind, name, tags, metadata } = node;
  const ancestors = [...ancestorsOf(node)].map((run) => ({ kind: run.kind, name: run.name }));
  return rule({ runId, kind, name, tags, metadata, ancestors, isAnswerByDefault });
}
