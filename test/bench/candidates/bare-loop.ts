import type { Candidate } from "./candidate.ts";

/** Reads the tokens without any card, as the base of what tokens cost. */
export const bareLoop: Candidate = {
  name: "for await",
  async stream(tokens) {
    let text = "";
    for await (const token of tokens) text = token;
    if (text === "") throw new Error("There were no tokens.");
  },
};
