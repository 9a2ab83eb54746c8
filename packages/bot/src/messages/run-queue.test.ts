import { ManualClock } from "@streamcard/core/testing";
import { describe, expect, it } from "vitest";
import { RunQueue, type WhenBusy } from "./run-queue.ts";

const MAX_RUN_MS = 10_000;

function setUp(whenBusy: WhenBusy = "queue", maxWaiting = 2) {
  const clock = new ManualClock();
  const log: string[] = [];
  let overflows = 0;
  const queue = new RunQueue({
    clock,
    whenBusy,
    maxRunMs: MAX_RUN_MS,
    maxWaiting,
    onOverflow: () => {
      overflows += 1;
    },
  });
  /** Adds a run that takes a second, or ends with its signal. */
  const add = (name: string, conversation = "c1", rule = whenBusy) =>
    queue.add(
      conversation,
      (signal) => {
        log.push(`${name} begins`);
        return new Promise<void>((resolve) => {
          const end = (how: string) => {
            log.push(`${name} ${how}`);
            resolve();
          };
          const abort = () => end(`aborted: ${(signal.reason as Error).name}`);
          if (signal.aborted) return abort();
          const timer = clock.setTimeout(() => end("ends"), 1_000);
          signal.addEventListener("abort", () => {
            clock.clearTimeout(timer);
            abort();
          });
        });
      },
      rule,
    );
  return { clock, queue, log, add, overflows: () => overflows };
}

describe("given messages while another is being answered", () => {
  it.each<[WhenBusy, string[]]>([
    ["queue", ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]],
    ["replace", ["a begins", "a aborted: AbortError", "c begins", "c ends"]],
    ["drop", ["a begins", "a ends"]],
  ])("does with them as the rule %s says", async (rule, expected) => {
    const { clock, log, add } = setUp(rule);
    const settled = Promise.all([add("a"), add("b"), add("c")]);
    await clock.advance(5_000);
    await settled;
    expect(log).toEqual(expected);
    expect(clock.pending).toBe(0);
  });

  it("lets other conversations go on beside it", async () => {
    const { clock, log, add } = setUp();
    void add("a");
    void add("b", "c2");
    await clock.advance(0);
    expect(log).toEqual(["a begins", "b begins"]);
  });

  it("drops those for whom too many wait, and tells of each", async () => {
    const { clock, log, add, overflows } = setUp("queue", 1);
    for (const name of ["a", "b", "c", "d"]) void add(name);
    await clock.advance(5_000);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
    expect(overflows()).toBe(2);
  });

  it("takes a rule for one run alone", async () => {
    const { clock, log, add } = setUp("drop");
    void add("a");
    void add("b", "c1", "queue");
    await clock.advance(5_000);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });
});

describe("given a run that does not end", () => {
  const endless = () => new Promise<void>(() => {});

  it("aborts it at its limit, and starts the next one two seconds later", async () => {
    const { clock, queue, log, add } = setUp();
    let signal: AbortSignal | undefined;
    void queue.add("c1", (given) => {
      signal = given;
      return endless();
    });
    void add("b");
    await clock.advance(MAX_RUN_MS - 1);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(signal?.reason).toMatchObject({ name: "TimeoutError" });
    await clock.advance(1_999);
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(["b begins"]);
  });

  it("starts the one that replaces it two seconds later", async () => {
    const { clock, queue, log, add } = setUp("replace");
    void queue.add("c1", endless);
    void add("b");
    await clock.advance(1_999);
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(["b begins"]);
  });
});

describe("given a queue that is closed", () => {
  it("aborts what runs, drops what waits, and aborts what comes later", async () => {
    const { clock, queue, log, add } = setUp();
    const settled = Promise.all([add("a"), add("b")]);
    queue.abort(new DOMException("closed", "AbortError"));
    await settled;
    await add("c");
    expect(log).toEqual(["a begins", "a aborted: AbortError", "c begins", "c aborted: AbortError"]);
    expect(clock.pending).toBe(0);
  });
});
