import type { LaneBlock } from "../contract/card-block.ts";
import type { RunEnd, StopSignal, StreamEnd } from "../contract/run-end.ts";
import { combineEnds, type RunTrack } from "./run-track.ts";

/** One of several runs that share a card. */
export interface Lane {
  readonly name: string;
  /** Heading of the lane. */
  readonly title: string;
  readonly layout: LaneBlock["layout"];
  /** State, beginning and end of the run. */
  readonly track: RunTrack;
}

/** Runs on one card: its own, and those of its lanes. The card ends when its own run does. */
export class RunTracks {
  readonly root: RunTrack;
  readonly lanes: Lane[] = [];

  constructor(root: RunTrack) {
    this.root = root;
  }

  /** The card's own run first, then the lanes in order. */
  get all(): readonly RunTrack[] {
    return this.lanes.length === 0 ? [this.root] : [this.root, ...this.lanes.map(({ track }) => track)];
  }

  get end(): RunEnd | undefined {
    return this.root.end;
  }

  /** Length of all answers so far, in UTF-16 units. */
  get characters(): number {
    return this.lanes.reduce((sum, { track }) => sum + track.characters, this.root.characters);
  }

  /** True once any run has said something. */
  get hasOutput(): boolean {
    return this.all.some(({ state }) => state.hasOutput);
  }

  /** True while a run waits for a tool. A lane may end with its tools still open, and then nobody waits for these. */
  get isToolRunning(): boolean {
    return this.all.some(({ state, end }) => end === undefined && state.running > 0);
  }

  /** Decides how the card ends when its stream does: by its own run, or by its lanes together. */
  close(end: StreamEnd, signal: StopSignal | undefined): RunEnd {
    for (const { track } of this.lanes) track.endWith(track.classify(end, signal));
    const own = this.root.classify(end, signal);
    const isAlone = this.lanes.length === 0 || own.status !== "finished";
    return isAlone ? own : combineEnds(this.lanes.map(({ track }) => track.end ?? own));
  }

  /** Ends the card's own run, and the lanes that are open. @returns false where it had ended before. */
  endWith(end: RunEnd): boolean {
    if (!this.root.endWith(end)) return false;
    for (const { track } of this.lanes) track.endWith(end);
    return true;
  }
}
