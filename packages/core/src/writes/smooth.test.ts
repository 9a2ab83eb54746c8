import { expect, test } from "vitest";
import { smoothed } from "./smooth.ts";

const block = (length: number) => ({ type: "text", id: "text-1", text: "字".repeat(length) }) as const;

test.each([
  ["what is usual", 100, 70, 30, undefined],
  ["what has gathered", 170, 70, 30, 112],
  ["what has gathered where a write takes long", 300, 100, 120, 280],
  ["a burst", 500, 70, 30, undefined],
])(
  "of %s, %i characters after %i of which %i are usual, it shows %s",
  (_name, length, from, usual, shown) => {
    expect(smoothed(block(length), from, usual)?.text.length).toBe(shown);
  },
);

test("never leaves half of something behind", () => {
  const text = `${"字".repeat(110)}**重要**${"字".repeat(60)}`;
  expect(smoothed({ ...block(0), text }, 70, 30)?.text).toBe("字".repeat(110));
  expect(
    smoothed({ ...block(0), text: `${"字".repeat(75)}**重要**${"字".repeat(60)}` }, 70, 30),
  ).toBeUndefined();
});
