import type { Candidate } from "./candidate.ts";
import { PlainCard } from "./plain-card.ts";

/** Writes the full text with each token. */
export const naive: Candidate = {
  name: "write per token",
  async stream(tokens, platform) {
    const card = await PlainCard.open(platform);
    let text = "";
    for await (const token of tokens) {
      text += token;
      await card.show(text);
    }
    await card.close();
  },
};
