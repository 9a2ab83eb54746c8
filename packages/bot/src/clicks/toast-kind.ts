/** The kinds of notices to a person who clicked, with their levels. */
export const toastLevels = {
  stopped: "success",
  "already-stopped": "info",
  "already-ended": "info",
  "unknown-run": "info",
  "not-yours": "warning",
  "still-running": "info",
  regenerating: "success",
  "already-regenerated": "info",
  thanks: "success",
  "already-thanked": "info",
  approved: "success",
  denied: "success",
  "already-decided": "info",
  "not-available": "info",
  failed: "error",
} as const;

/** The outcome of a click, as the person who clicked is told of it. */
export type ToastKind = keyof typeof toastLevels;
