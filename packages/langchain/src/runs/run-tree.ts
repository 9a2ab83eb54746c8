import type { Metadata } from "./callback-arguments.ts";

export type RunKind = "chain" | "model" | "tool" | "retriever";

/** How a run was started. */
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
  /** Whether a model below it, or the run itself, said something that a reader might see. */
  hasSpoken: boolean;
}

interface Entry {
  readonly node: RunNode;
  /** How often the handler is registered for this run. */
  copies: number;
  calls: number;
}

/** Runs of the past that are remembered, so that what starts late below them is no run of its own. */
const REMEMBERED_RUNS = 10_000;

/**
 * Which runs are open and how they hang together. A root is a run whose parent this handler never saw start: the
 * handler may be attached below the application's own root.
 *
 * A handler that is registered twice gets each call twice, in a row; it is told apart by counting the calls of one run.
 */
export class RunTree {
  readonly #open = new Map<string, Entry>();
  readonly #past = new Set<string>();

  /** @returns `undefined` for a second registration's call, and for what starts after its root has ended */
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

  /** An event of a run. @returns `undefined` for a second registration's call, and for runs that are not open */
  event(id: string): RunNode | undefined {
    const entry = this.#open.get(id);
    if (entry === undefined) return undefined;
    entry.calls += 1;
    return (entry.calls - 1) % entry.copies === 0 ? entry.node : undefined;
  }

  /** The last event of a run. With a root everything below it is over. */
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
      if (this.#past.size <= REMEMBERED_RUNS) return;
      this.#past.delete(oldest);
    }
  }
}

/** The runs above a run, from the inside out. */
export function* ancestorsOf(node: RunNode): Generator<RunNode> {
  for (let at = node.parent; at !== undefined; at = at.parent) yield at;
}
