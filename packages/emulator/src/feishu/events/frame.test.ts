import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrame, encodeFrame } from "./frame.ts";

const frames = fc.record({
  seqId: fc.nat(),
  logId: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  service: fc.nat(),
  method: fc.constantFrom(0 as const, 1 as const),
  headers: fc.dictionary(fc.string({ unit: "grapheme", minLength: 1 }), fc.string({ unit: "grapheme" }), {
    noNullPrototype: true,
  }),
  payload: fc.uint8Array({ maxLength: 400 }),
});

describe("given a frame", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const read = decodeFrame(encodeFrame(frame));
        expect({ ...read, payload: [...read.payload] }).toEqual({ ...frame, payload: [...frame.payload] });
      }),
    );
  });

  it("is refused where it breaks off, and never hangs", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
        try {
          decodeFrame(data);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
