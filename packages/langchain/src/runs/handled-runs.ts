import { InvalidOptionError } from "@streamcard/core";
import { BoundedMap } from "@streamcard/core/internal";
import { HandledRun, type HandledRunOptions } from "./handled-run.ts";
import type { RunNode } from "./run-tree.ts";

/** Number of past runs whose result can still be asked for by id. */
const MAX_PAST_RUNS = 32;

/** Number of prepared runs that are kept; beyond it the oldest are forgotten, because they were never started. */
const MAX_PREPARED_RUNS = 1_000;

/** The top-level runs of one handler: prepared, open, and the last 32 of the past. */
export class HandledRuns {
  /** Options of runs that are not prepared. */
  readonly #options: HandledRunOptions;
  /** Prepared runs, by the key that travels in the run's metadata. */
  readonly #prepared = new BoundedMap<string, HandledRun>(MAX_PREPARED_RUNS);
  /** Runs whose card is open, by the id of the root. */
  readonly #open = new Map<string, HandledRun>();
  /** Runs whose card is final, by the id of the root. */
  readonly #past = new BoundedMap<string, HandledRun>(MAX_PAST_RUNS);
  /** The run that was asked for before it starts, without being prepared. */
  #next: HandledRun | undefined;
  #count = 0;

  constructor(options: HandledRunOptions) {
    this.#options = options;
  }

  /** Makes a run that is known by its key once it starts. */
  prepare(options: HandledRunOptions): { run: HandledRun; key: string } {
    const run = new HandledRun(options);
    this.#count += 1;
    const key = `run-${this.#count}`;
    this.#prepared.set(key, run);
    return { run, key };
  }

  /** Finds or makes the run that a root starts. */
  open(root: RunNode): HandledRun {
    const run = this.#planned(root);
    this.#open.set(root.id, run);
    return run;
  }

  /** Finds the open run that a node belongs to. */
  of(node: RunNode): HandledRun | undefined {
    return this.#open.get(node.root.id);
  }

  close(root: RunNode): void {
    const run = this.#open.get(root.id);
    if (run === undefined) return;
    this.#open.delete(root.id);
    this.#past.set(root.id, run);
  }

  /**
   * Finds the open run, else the next one.
   *
   * @param caller The method that asks, for the error's message.
   * @throws {InvalidOptionError} when several are open.
   */
  next(caller: string): HandledRun {
    const open = this.#single(caller);
    if (open !== undefined) return open;
    this.#next ??= new HandledRun(this.#options);
    return this.#next;
  }

  /**
   * Finds the run with an id; without an id the open run, else the last one, else the next one.
   *
   * @throws {InvalidOptionError} when the id is unknown, or none is given and several runs are open.
   */
  find(caller: string, runId: string | undefined): HandledRun {
    return this.started(caller, runId) ?? this.next(caller);
  }

  /**
   * Finds the run with an id; without an id the open run, else the last one; `undefined` before the first.
   *
   * @throws {InvalidOptionError} when the id is unknown, or none is given and several runs are open.
   */
  started(caller: string, runId: string | undefined): HandledRun | undefined {
    if (runId === undefined) return this.#single(caller) ?? this.#past.newest;
    const run = this.#open.get(runId) ?? this.#past.get(runId);
    if (run !== undefined) return run;
    throw new InvalidOptionError(
      `${caller} knows no run ${JSON.stringify(runId)}: it takes the id of a top-level run that is open, or one of the last ${MAX_PAST_RUNS}.`,
    );
  }

  #single(caller: string): HandledRun | undefined {
    if (this.#open.size <= 1) return [...this.#open.values()][0];
    throw new InvalidOptionError(
      `${caller} is for a handler with one run at a time, and ${this.#open.size} are open: ` +
        "start each with `const run = handler.run({ to })` and use what that has, or name the run by its id.",
    );
  }

  #planned({ metadata: { streamcard } }: RunNode): HandledRun {
    const key =
      typeof streamcard === "object" && streamcard !== null && "run" in streamcard ? streamcard.run : "";
    const prepared = this.#prepared.get(String(key));
    if (prepared !== undefined) return prepared.hasStarted ? prepared.sibling() : prepared;
    const next = this.#next ?? new HandledRun(this.#options);
    this.#next = undefined;
    return next;
  }
}
