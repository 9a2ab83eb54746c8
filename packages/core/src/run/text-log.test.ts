import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextLog } from "./text-log.ts";

const parts = fc.array(fc.oneof(fc.string(), fc.constant("文字。".repeat(700))), { maxLength: 12 });
const place = fc.integer({ min: 0, max: 12_000 });

describe("given a text that grows", () => {
  it("reads as what was appended, whatever parts of it are shared", () => {
    fc.assert(
      fc.property(parts, fc.array(fc.tuple(place, place)), place, place, (appended, shared, from, to) => {
        const text = appended.join("");
        const log = new TextLog();
        for (const [index, part] of appended.entries()) {
          log.append(part);
          const [at, length] = shared[index] ?? [0, 0];
          log.share(log.slice(at, at + length), at);
        }

        expect(log.toString()).toBe(text);
        expect(log.length).toBe(text.length);
        expect(log.from(from)).toBe(text.slice(from));
        expect(log.slice(from, to)).toBe(text.slice(from, Math.max(from, to)));
        expect(log.head(to)).toBe(text.slice(0, to));
      }),
    );
  });

  it("shares nothing that is not a part of it", () => {
    const log = new TextLog();
    log.append("a lone half of a pair: \ud83d, as it came");

    log.share("a lone half of a pair: \ufffd", 0);

    expect(log.toString()).toBe("a lone half of a pair: \ud83d, as it came");
  });
});
