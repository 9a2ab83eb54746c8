import type { Candidate } from "./candidate.ts";

/** No card at all: what the tokens cost by themselves. */
export const bareLoop: Candidate = {
  name: "for await",
  async stream(tokens) {
    let text = "";
    for await (const token of tokens) text = token;
    if (text === "") throw new Error("There were no tokens.");
  },
};
