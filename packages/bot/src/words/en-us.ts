import type { BotWords } from "./bot-words.ts";

export const enUS: BotWords = {
  toasts: {
    stopped: "Stopped",
    "already-stopped": "It was stopped already",
    "already-ended": "This answer is finished already",
    "unknown-run": "This card is too old. Please ask again",
    "not-yours": "Only the person who asked can do this",
    "still-running": "It is still answering. Stop it first",
    regenerating: "Answering again",
    "already-regenerated": "It was answered again already. See the new card",
    thanks: "Thank you for your feedback",
    "already-thanked": "We have your feedback already",
    approved: "Approved",
    denied: "Denied",
    "already-decided": "This was decided already",
    "not-available": "This is not available here",
    failed: "Something went wrong. Please try again",
  },
  marks: { superseded: "Answered again on a new card", approved: "Approved", denied: "Denied" },
};
