/** Does what must not break the run that it is called from, and prints what it throws. */
export function safely<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch (error) {
    console.warn("streamcard: a run goes on without its card.", error);
    return undefined;
  }
}
