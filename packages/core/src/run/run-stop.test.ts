import { describe, expect, it, vi } from "vitest";
import { RunStop } from "./run-stop.ts";

describe("given a run that can be stopped", () => {
  it("has a signal that fires with the stop, and is the same however often it is asked for", () => {
    const stop = new RunStop();
    const { signal } = stop;

    stop.stop("reader");

    expect(stop.signal).toBe(signal);
    expect(signal).toMatchObject({ aborted: true, reason: "reader" });
  });

  it("has a signal that is aborted for the same reason, where nobody asked for it before the stop", () => {
    const stop = new RunStop();

    stop.stop("reader");

    expect(stop.signal).toMatchObject({ aborted: true, reason: "reader" });
  });

  it("tells those who listen once, those who come later at once, and those who left not at all", () => {
    const stop = new RunStop();
    const [early, late, gone] = [vi.fn(), vi.fn(), vi.fn()];
    stop.listen(early);
    stop.listen(gone);
    stop.unlisten(gone);

    stop.stop("reader");
    stop.stop("timeout");
    stop.listen(late);

    expect([early, late, gone].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
    expect(stop.reason).toBe("reader");
  });
});
