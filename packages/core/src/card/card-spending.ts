import type { CardDriver } from "../contract/card-driver.ts";
import type { RunTimes } from "../run/run-times.ts";
import type { RunTrack } from "../run/run-track.ts";
import type { Lane } from "../view/run-view.ts";
import type { RunSpending } from "../writes/pace.ts";

/** What the runs on a card have used so far. Read at every token: each figure costs only those who ask for it. */
export class CardSpending implements RunSpending {
  readonly #driver: CardDriver;
  readonly #times: RunTimes;
  readonly #root: RunTrack;
  readonly #lanes: readonly Lane[];

  constructor(driver: CardDriver, times: RunTimes, root: RunTrack, lanes: readonly Lane[]) {
    this.#driver = driver;
    this.#times = times;
    this.#root = root;
    this.#lanes = lanes;
  }

  get ageMs(): number {
    return this.#times.ageMs;
  }

  get writingMs(): number {
    return this.#times.writingMs;
  }

  get calls(): number {
    return this.#driver.usage().calls;
  }

  get characters(): number {
    return this.#lanes.reduce((sum, { track }) => sum + track.characters, this.#root.characters);
  }

  get hasEnded(): boolean {
    return this.#root.end !== undefined;
  }
}
