import { describe, expect, it } from "vitest";
import { CardWriteError } from "../contract/card-driver.ts";
import { FinalizeLadder } from "./finalize-ladder.ts";

const error = (outcome: "refused" | "unknown", isRetryable: boolean, isAboutContent = false) =>
  new CardWriteError({ code: "test", message: "failed", outcome, isRetryable, isAboutContent });
const refused = error("refused", false, true);
const forbidden = error("refused", false);
const later = error("refused", true);
const unknown = error("unknown", true);

function rungsAfter(...outcomes: (CardWriteError | "accepted")[]): string[] {
  const ladder = new FinalizeLadder();
  const tried: string[] = [ladder.rung];
  for (const outcome of outcomes) {
    if (outcome === "accepted") {
      const by = ladder.succeeded();
      if (by !== undefined) return [...tried, `finalized by ${by}`];
    } else ladder.failed(outcome);
    if (ladder.isExhausted) return [...tried, ladder.isClosed ? "closed" : "exhausted"];
    tried.push(ladder.rung);
  }
  return tried;
}

describe("given the ways to finalize a card", () => {
  it.each<[string, (CardWriteError | "accepted")[], string[]]>([
    ["the first works", ["accepted"], ["changes", "finalized by changes"]],
    ["a rate", [later, later, "accepted"], ["changes", "changes", "changes", "finalized by changes"]],
    [
      "changes are refused: the stream is closed, then the card replaced",
      [refused, "accepted", "accepted"],
      ["changes", "close", "replace", "finalized by replace"],
    ],
    [
      "only plain text is taken",
      [refused, "accepted", refused, "accepted"],
      ["changes", "close", "replace", "plain", "finalized by plain"],
    ],
    [
      "nothing but closing is taken",
      [refused, "accepted", refused, refused],
      ["changes", "close", "replace", "plain", "closed"],
    ],
    [
      "what is refused has nothing to do with the text",
      [forbidden, "accepted", forbidden],
      ["changes", "close", "replace", "closed"],
    ],
    [
      "everything is refused, twice",
      [refused, refused, refused, refused, forbidden, forbidden, forbidden],
      ["changes", "close", "replace", "plain", "changes", "close", "replace", "exhausted"],
    ],
    [
      "outcomes stay unknown: two tries each, round and round",
      [unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown],
      ["changes", "changes", "close", "close", "replace", "replace", "plain", "plain", "changes"],
    ],
    [
      "closing works at the second round",
      [unknown, unknown, refused, refused, refused, "accepted"],
      ["changes", "changes", "close", "replace", "plain", "changes", "finalized by changes"],
    ],
  ])("%s", (_name, outcomes, tried) => {
    expect(rungsAfter(...outcomes)).toEqual(tried);
  });
});
