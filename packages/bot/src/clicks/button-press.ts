/** The action of one of our buttons. */
export type ButtonAction =
  | { readonly action: "stop" }
  | { readonly action: "regenerate" }
  | { readonly action: "feedback"; readonly rating: "up" | "down" }
  | {
      readonly action: "approve" | "deny";
      /** Id of the run's `tool-approval-request`. */
      readonly approvalId: string;
    };

/** A press of one of our buttons. */
export interface ButtonPress<Person> {
  readonly button: ButtonAction;
  /** Id of the run whose card has the button. */
  readonly runId: string;
  /** Index of that card among the cards of its run: 0 for the first. */
  readonly cardIndex: number;
  /** The platform's id of the pressed button with those beside it, for taking them away. */
  readonly buttonsId: string | undefined;
  readonly by: Person;
  /** Id of the message that shows the card. */
  readonly messageId: string;
  readonly chatId: string;
}
