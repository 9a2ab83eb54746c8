import { describe, expect, it } from "vitest";
import { AnswerWindow } from "./answer-window.ts";

describe("given a limit of two operations a second", () => {
  it("is free until a second has room for no more, then a second after the answer before the last", () => {
    const window = new AnswerWindow(2);
    const free: number[] = [];
    for (const answeredAt of [100, 200, 1_150]) {
      free.push(window.freeAt);
      window.answered(answeredAt);
    }

    expect([...free, window.freeAt]).toEqual([0, 0, 1_100, 1_200]);
  });
});
