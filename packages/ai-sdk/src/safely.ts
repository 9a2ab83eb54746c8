/** Runs an action whose errors are printed, because they must not break the run that it is called from. */
export function safely<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch (error) {
    console.warn("streamcard: a run goes on without its card.", error);
    return undefined;
  }
}
