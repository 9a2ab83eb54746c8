/**
 * Whether an error is LangGraph's `interrupt()`, which ends the run well. By its fields: the class belongs to a package
 * that need not be installed.
 */
export function isInterrupt(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  return "is_bubble_up" in error && error.is_bubble_up === true && "interrupts" in error;
}

/** Whether a graph took more steps than its `recursionLimit`. */
export function isRecursionLimit(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  return "lc_error_code" in error && error.lc_error_code === "GRAPH_RECURSION_LIMIT";
}
