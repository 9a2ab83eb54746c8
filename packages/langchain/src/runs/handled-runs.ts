import { InvalidOptionError } from "@streamcard/core";
import type { FeishuCardHandlerOptions, RunOptions } from "../handler/handler-options.ts";
import { CardRun } from "./handled-run.ts";
import type { RunNode } from "./run-tree.ts";

/** Runs of the past whose result can still be asked for by id. */
const REMEMBERED_RESULTS = 32;

/** Runs that were prepared and never started are forgotten beyond these. */
const REMEMBERED_PLANS = 1_000;

/** The top-level runs of one handler: prepared, open, and the last ones of the past. */
export class CardRuns {
  readonly #options: FeishuCardHandlerOptions;
  /** By the key that travels in the run's metadata. */
  readonly #prepared = new Map<string, CardRun>();
  /** By the id of the root. */
  readonly #open = new Map<string, CardRun>();
  readonly #past = new Map<string, CardRun>();
  /** Waits for the next run that was not prepared. */
  #next: CardRun | undefined;
  #count = 0;

  constructor(options: FeishuCardHandlerOptions) {
    this.#options = options;
  }

  /** A run that will be known by its key. */
  prepare(options: RunOptions): { run: CardRun; key: string } {
    const run = new CardRun(this.#options, options);
    this.#count += 1;
    const key = `run-${this.#count}`;
    this.#prepared.set(key, run);
    dropOldest(this.#prepared, REMEMBERED_PLANS);
    return { run, key };
  }

  /** The run that a root starts. */
  open(root: RunNode): CardRun {
    const run = this.#planned(root);
    this.#open.set(root.id, run);
    return run;
  }

  of(node: RunNode): CardRun | undefined {
    return this.#open.get(node.root.id);
  }

  close(root: RunNode): void {
    const run = this.#open.get(root.id);
    if (run === undefined) return;
    this.#open.delete(root.id);
    this.#past.set(root.id, run);
    dropOldest(this.#past, REMEMBERED_RESULTS);
  }

  /** The run that is open, else the next one. @throws {InvalidOptionError} when several are open */
  next(what: string): CardRun {
    const open = this.#single(what);
    if (open !== undefined) return open;
    this.#next ??= new CardRun(this.#options);
    return this.#next;
  }

  /** The run with that id; without one the run that is open, else the last one, else the next one. */
  find(what: string, runId: string | undefined): CardRun {
    return this.started(what, runId) ?? this.next(what);
  }

  /** The run with that id; without one the run that is open, else the last one, if there ever was one. */
  started(what: string, runId: string | undefined): CardRun | undefined {
    if (runId === undefined) return this.#single(what) ?? [...this.#past.values()].at(-1);
    const run = this.#open.get(runId) ?? this.#past.get(runId);
    if (run !== undefined) return run;
    throw new InvalidOptionError(
      `${what} knows no run ${JSON.stringify(runId)}: it takes the id of a top-level run that is open, or one of the last ${REMEMBERED_RESULTS}.`,
    );
  }

  #single(what: string): CardRun | undefined {
    if (this.#open.size <= 1) return [...this.#open.values()][0];
    throw new InvalidOptionError(
      `${what} is for a handler with one run at a time, and ${this.#open.size} are open: ` +
        "start each with `const run = handler.run({ to })` and use what that has, or name the run by its id.",
    );
  }

  #planned({ metadata: { streamcard } }: RunNode): CardRun {
    const key =
      typeof streamcard === "object" && streamcard !== null && "run" in streamcard ? streamcard.run : "";
    const prepared = this.#prepared.get(String(key));
    if (prepared !== undefined) return prepared.hasStarted ? prepared.sibling() : prepared;
    const next = this.#next ?? new CardRun(this.#options);
    this.#next = undefined;
    return next;
  }
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
