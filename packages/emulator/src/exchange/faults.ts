import type { FaultAnswer } from "./fault-answers.ts";
import type { Operation } from "./operation.ts";
import type { RequestRecord } from "./request-log.ts";

/** A scripted failure. If a request meets several, only the one that was added first answers, and the others wait for their next request. */
export interface FaultScript {
  /** Requests to match: an operation, several operations, or a predicate. @defaultValue every request */
  on?: Operation | readonly Operation[] | ((request: RequestRecord) => boolean);
  /** Number of the first matching request that fails, counted from 1. @defaultValue 1 */
  nth?: number;
  /** Number of matching requests that fail, at least 1. `Infinity` fails all. @defaultValue 1 */
  times?: number;
  /** Failure, made by a function such as `platformError()` or `connectionReset()`. */
  answer: FaultAnswer;
}

/** Counts and control of a scripted failure. */
export interface FaultHandle {
  /** Number of requests that matched, whether or not they failed. */
  readonly matched: number;
  /** Number of requests that failed. */
  readonly fired: number;
  /** Removes the failure. */
  clear(): void;
}

export interface Faults {
  /** Adds a failure. @throws {TypeError} when `nth` or `times` is less than 1. */
  add(script: FaultScript): FaultHandle;
  /** Counts a request and finds the failure that it meets. Called once for each request. */
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
        // A script that is due while another one answers stays due for the next request.
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
