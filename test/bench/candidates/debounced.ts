import type { Candidate } from "./candidate.ts";
import { PlainCard } from "./plain-card.ts";

const DEBOUNCE_MS = 250;

/** Writes the full text each time that 250 ms have passed since the last answer, as a `streamCard` function does. */
export const debounced: Candidate = {
  name: "250 ms debounce",
  async stream(tokens, platform) {
    const card = await PlainCard.open(platform);
    let text = "";
    let writtenAt = Number.NEGATIVE_INFINITY;
    for await (const token of tokens) {
      text += token;
      if (platform.clock.now() - writtenAt < DEBOUNCE_MS) continue;
      await card.show(text);
      writtenAt = platform.clock.now();
    }
    await card.show(text);
    await card.close();
  },
};
