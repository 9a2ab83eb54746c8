import { expect, it, vi } from "vitest";
import { CardWriteError } from "./contract/card-driver.ts";
import * as errors from "./errors.ts";

const own = { ...errors, CardWriteError };

// A second copy of these files, as a project has with two versions of a package.
vi.resetModules();
const copy = {
  ...(await import("./errors.ts")),
  CardWriteError: (await import("./contract/card-driver.ts")).CardWriteError,
};

const makers = {
  InvalidOptionError: (from: typeof own) => new from.InvalidOptionError("pace must be …"),
  ReaderStopError: (from: typeof own) => new from.ReaderStopError({ stoppedBy: "ou_1" }),
  RunTimeoutError: (from: typeof own) => new from.RunTimeoutError("idleMs", 5_000),
  CardWriteError: (from: typeof own) =>
    new from.CardWriteError({ code: "lost", message: "Lost.", outcome: "unknown" }),
};
const names = ["InvalidOptionError", "ReaderStopError", "RunTimeoutError", "CardWriteError"] as const;

it.each(names)("tells a %s of another copy of the package from the other errors", (name) => {
  const error = makers[name](copy);
  expect(error).not.toBeInstanceOf(own[name]);
  expect(names.filter((other) => own[other].isInstance(error))).toEqual([name]);
  expect(own.StreamcardError.isInstance(error)).toBe(true);
  expect(own[name].isInstance(makers[name](own))).toBe(true);
});

it.each(names)("tells other values from a %s", (name) => {
  const lookalike = Object.assign(new Error("no"), {
    name,
    code: makers[name](own).code,
    outcome: "unknown",
  });
  for (const value of [undefined, null, "error", new Error("no"), lookalike]) {
    expect(own[name].isInstance(value)).toBe(false);
    expect(own.StreamcardError.isInstance(value)).toBe(false);
  }
});
