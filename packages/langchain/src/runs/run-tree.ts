import type { Metadata } from "./callback-arguments.ts";

/** The kinds of runs, as far as a card tells them apart. */
export type RunKind = "chain" | "model" | "tool" | "retriever";

/** The start of a run, as LangChain's callback tells it. */
export interface RunStart {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly kind: RunKind;
  readonly name: string;
  readonly tags: readonly string[];
  readonly metadata: Metadata;
}

/** A run that is open. */
export interface RunNode extends RunStart {
  readonly parent: RunNode | undefined;
  readonly root: RunNode;
  /** True once the run, or a model below it, said something that a reader might see. */
  hasSpoken: boolean;
}

interface Entry {
  readonly node: RunNode;
  /** Number of times that the handler is registered for this run. */
  copies: number;
  /** Number of calls since the start, those of all registrations together. */
  calls: number;
}

/** Number of past runs whose ids are kept, so that a run that starts late below one of them is no root. */
const MAX_PAST_RUNS = 10_000;

/**
 * The open runs and their parents. A root is a run whose parent this handler never saw start, because the handler may
 * be attached below the application's own root.
 *
 * A handler that is registered twice gets each call twice, in a row: every second call of such a run is dropped.
 */
export class RunTree {
  readonly #open = new Map<string, Entry>();
  readonly #past = new Set<string>();

  /**
   * Adds a run.
   *
   * @returns `undefined` for a second registration's call, and for a run that starts after its root ended.
   */
  start(run: RunStart): RunNode | undefined {
    const known = this.#open.get(run.id);
    if (known !== undefined) {
      known.copies += 1;
      return undefined;
    }
    if (this.#past.has(run.id)) return undefined;
    const parent = run.parentId === undefined ? undefined : this.#open.get(run.parentId)?.node;
    if (parent === undefined && run.parentId !== undefined && this.#past.has(run.parentId)) {
      this.#remember(run.id);
      return undefined;
    }
    const node = { ...run, parent, hasSpoken: false } as RunNode & { root: RunNode };
    node.root = parent?.root ?? node;
    this.#open.set(run.id, { node, copies: 1, calls: 0 });
    return node;
  }

  /**
   * Finds the run of an event.
   *
   * @returns `undefined` for a second registration's call, and for a run that is not open.
   */
  event(id: string): RunNode | undefined {
    const entry = this.#open.get(id);
    if (entry === undefined) return undefined;
    entry.calls += 1;
    return (entry.calls - 1) % entry.copies === 0 ? entry.node : undefined;
  }

  /** Finds the run of a last event, and forgets it; with a root, everything below it. @returns As `event()` does. */
  end(id: string): RunNode | undefined {
    const node = this.event(id);
    if (node === undefined) return undefined;
    if (node.parent === undefined) this.close(node);
    else {
      const entry = this.#open.get(id);
      // The second registration's call is still to come.
      if (entry !== undefined && entry.copies === 1) this.#forget(id);
    }
    return node;
  }

  /** Forgets a root and all that is below it. */
  close(root: RunNode): void {
    for (const [id, { node }] of this.#open) if (node.root === root) this.#forget(id);
  }

  #forget(id: string): void {
    this.#open.delete(id);
    this.#remember(id);
  }

  #remember(id: string): void {
    this.#past.add(id);
    for (const oldest of this.#past) {
      if (this.#past.size <= MAX_PAST_RUNS) return;
      this.#past.delete(oldest);
    }
  }
}

/** Iterates over the runs above a run, from the inside out. */
export function* ancestorsOf(node: RunNode): Generator<RunNode> {
  for (let at = node.parent; at !== undefined; at = at.parent) yield at;
}

/** Notes that a run said something, for all runs above it as well. */
export function markSpoken(node: RunNode): void {
  node.hasSpoken = true;
  for (const ancestor of ancestorsOf(node)) ancestor.hasSpoken = true;
}
