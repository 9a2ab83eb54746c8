import type { FaultAnswer } from "./fault-answers.ts";
import type { Operation } from "./operation.ts";
import type { RequestRecord } from "./request-log.ts";

/** A scripted failure. Of several that are due, the one that was added first goes first. */
export interface FaultScript {
  /** Which requests it is about: an operation, several, or a test of the request. @defaultValue every request */
  on?: Operation | readonly Operation[] | ((request: RequestRecord) => boolean);
  /** The first of the matching requests that fails, counted from 1. @defaultValue 1 */
  nth?: number;
  /** How many matching requests in a row fail; `Infinity` for all. @defaultValue 1 */
  times?: number;
  answer: FaultAnswer;
}

export interface FaultHandle {
  /** Requests that matched, whether or not they failed. */
  readonly matched: number;
  /** Requests that failed. */
  readonly fired: number;
  clear(): void;
}

export interface Faults {
  add(script: FaultScript): FaultHandle;
  /** The failure that this request meets. Counts it, so it is asked once for each request. */
  meet(request: RequestRecord): FaultAnswer | undefined;
}

export function createFaults(): Faults {
  const scripts = new Set<Counted>();
  return {
    add: (script) => {
      const { nth = 1, times = 1, answer } = script;
      if (!(nth >= 1)) throw new TypeError(`A fault's "nth" counts from 1, received ${nth}.`);
      if (!(times >= 1)) throw new TypeError(`A fault's "times" is at least 1, received ${times}.`);
      const counted: Counted = { matches: matcherOf(script.on), nth, times, answer, matched: 0, fired: 0 };
      scripts.add(counted);
      return {
        get matched() {
          return counted.matched;
        },
        get fired() {
          return counted.fired;
        },
        clear: () => void scripts.delete(counted),
      };
    },
    meet: (request) => {
      let met: Counted | undefined;
      for (const script of scripts) {
        if (!script.matches(request)) continue;
        script.matched += 1;
        // A script whose request another one took has its turn at the next.
        if (met === undefined && script.matched >= script.nth && script.fired < script.times) met = script;
      }
      if (met !== undefined) met.fired += 1;
      return met?.answer;
    },
  };
}

interface Counted {
  matches: (request: RequestRecord) => boolean;
  nth: number;
  times: number;
  answer: FaultAnswer;
  matched: number;
  fired: number;
}

function matcherOf(on: FaultScript["on"]): (request: RequestRecord) => boolean {
  if (on === undefined) return () => true;
  if (typeof on === "function") return on;
  const operations: readonly string[] = typeof on === "string" ? [on] : on;
  return (request) => operations.includes(request.operation);
}
