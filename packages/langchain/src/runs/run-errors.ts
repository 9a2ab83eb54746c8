import { type Interrupt, interruptsIn } from "@streamcard/core/internal";

/**
 * Reads the interrupts of the error that LangGraph's `interrupt()` throws; `undefined` for any other error. The run
 * ends well with it. Told by its fields, because its class belongs to a package that need not be installed.
 */
export function interruptsOf(error: unknown): readonly Interrupt[] | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (!("is_bubble_up" in error) || error.is_bubble_up !== true || !("interrupts" in error)) return undefined;
  return interruptsIn(error.interrupts);
}

/** Tells whether a graph took more steps than its `recursionLimit`. */
export function isRecursionLimit(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  return "lc_error_code" in error && error.lc_error_code === "GRAPH_RECURSION_LIMIT";
}
