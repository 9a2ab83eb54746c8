import fc from "fast-check";
import { expect, it } from "vitest";
import { headOfBytes, utf8Length } from "./cut-text.ts";

const texts = fc.string({ unit: "binary", maxLength: 60 });

it("counts the bytes of any text as it is written", () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text.toWellFormed()));
    }),
  );
});

it("keeps as much of a text as fits, and no half character", () => {
  fc.assert(
    fc.property(texts, fc.nat({ max: 80 }), (text, most) => {
      const head = headOfBytes(text, most);
      expect(text.startsWith(head)).toBe(true);
      expect(utf8Length(head)).toBeLessThanOrEqual(most);
      const next = String.fromCodePoint(text.codePointAt(head.length) ?? 0);
      if (head !== text) expect(utf8Length(head + next)).toBeGreaterThan(most);
    }),
  );
});
