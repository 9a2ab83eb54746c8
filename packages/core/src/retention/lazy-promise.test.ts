import { describe, expect, it } from "vitest";
import { LazyPromise } from "./lazy-promise.ts";

describe("given a promise that is made when it is asked for", () => {
  it.each(["before", "after"])("is kept for who asks %s its outcome is known", async (when) => {
    const lazy = new LazyPromise<string>();
    const asked = when === "before" ? lazy.promise : undefined;

    lazy.resolve("card");
    lazy.reject(new Error("too late"));

    await expect(asked ?? lazy.promise).resolves.toBe("card");
    expect(lazy.promise).toBe(asked ?? lazy.promise);
  });

  it.each(["before", "after"])("is broken for who asks %s its outcome is known", async (when) => {
    const lazy = new LazyPromise<string>();
    const asked = when === "before" ? lazy.promise : undefined;

    lazy.reject(new Error("no card"));
    lazy.resolve("too late");

    await expect(asked ?? lazy.promise).rejects.toThrow("no card");
  });
});
