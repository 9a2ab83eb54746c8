import type { CardDriver } from "../contract/card-driver.ts";
import type { RunTimes } from "../run/run-times.ts";
import type { RunTracks } from "../run/run-tracks.ts";
import type { RunSpending } from "../writes/pace.ts";

/** Consumption of the runs on one card, computed when a figure is asked for. */
export class CardSpending implements RunSpending {
  readonly #driver: Pick<CardDriver, "usage">;
  readonly #times: RunTimes;
  readonly #tracks: RunTracks;

  constructor(driver: Pick<CardDriver, "usage">, times: RunTimes, tracks: RunTracks) {
    this.#driver = driver;
    this.#times = times;
    this.#tracks = tracks;
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
    return this.#tracks.characters;
  }

  get hasEnded(): boolean {
    return this.#tracks.end !== undefined;
  }
}
