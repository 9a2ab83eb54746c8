import type { ButtonAction } from "./button-press.ts";

/** A press of a button, for the app's own rule of who may press it. */
export interface PressClaim<Person> {
  readonly by: Person;
  readonly action: ButtonAction["action"];
  /** Id of the person who asked; `undefined` where the run has none. */
  readonly askedBy: string | undefined;
}

/** The people who may press Stop, Regenerate, Approve and Deny. Everybody may give feedback. */
export type MayAct<Person> = "asker" | "anyone" | ((click: PressClaim<Person>) => boolean);

/**
 * Tells whether a person may press a button. A run that nobody in particular has asked for is everybody's.
 *
 * @param ids Every id of the person who pressed.
 * @throws what the app's own rule throws.
 */
export function mayPress<Person>(
  claim: PressClaim<Person>,
  ids: readonly string[],
  rule: MayAct<Person> = "asker",
): boolean {
  if (typeof rule === "function") return rule(claim);
  return rule === "anyone" || claim.askedBy === undefined || ids.includes(claim.askedBy);
}
