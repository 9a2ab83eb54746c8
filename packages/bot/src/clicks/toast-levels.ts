import type { ClickAnswer } from "@streamcard/core/driver";

/** Importance of a notice to a person who clicked. */
export type ToastLevel = "info" | "success" | "warning" | "error";

/** Levels of the notices that answer a click. */
export const toastLevels: Readonly<Record<ClickAnswer, ToastLevel>> = {
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
};
