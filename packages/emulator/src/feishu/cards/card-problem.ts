import { cardKitError, PlatformError } from "../rules/platform-error.ts";

export interface CardProblemDetails {
  /** Code with which CardKit refuses the card. */
  code: number;
  /** Sub-code with which the message API refuses the card. @defaultValue `code` */
  messageCode?: number;
  text: string;
  value?: string | undefined;
}

/** A fault in a card. CardKit and the message API refuse the card each in its own form. */
export class CardProblem extends Error {
  readonly details: CardProblemDetails;

  constructor(details: CardProblemDetails) {
    super(details.text);
    this.name = "CardProblem";
    this.details = details;
  }
}

/** Makes CardKit's refusal of a faulty card. */
export function asCardKitError({ details }: CardProblem): PlatformError {
  const { code, text, value } = details;
  return code === FAILED_TO_CREATE ? failedToCreate(details, {}) : cardKitError(code, text, value);
}

/** Makes the message API's refusal of a faulty card. See the list of sub-codes of https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create */
export function asMessageError({ details }: CardProblem): PlatformError {
  if (details.code === TOO_LARGE) {
    return new PlatformError({ code: 230025, msg: "The length of the message content reaches its limit." });
  }
  return failedToCreate(details);
}

const FAILED_TO_CREATE = 230099;
const TOO_LARGE = 200860;

function failedToCreate(
  { code, messageCode = code, text, value }: CardProblemDetails,
  data?: Record<string, never>,
) {
  const errorValue = value === undefined ? "" : `ErrorValue: ${value}; `;
  const msg = `Failed to create card content, ext=ErrCode: ${messageCode}; ErrMsg: ${text}; ${errorValue}`;
  return new PlatformError({ code: FAILED_TO_CREATE, msg, ...(data === undefined ? {} : { data }) });
}

const MALFORMED_CARD = 200621;

/** Makes the problem of a card that cannot be drawn: no JSON, a wrong type, an unknown property or tag. */
export function unrenderable(text: string, value?: string): CardProblem {
  return new CardProblem({
    code: 200220,
    messageCode: MALFORMED_CARD,
    text: `parse card json err: ${text}`,
    value,
  });
}

/** Makes the problem of a component of schema 1.0 that 2.0 no longer has. */
export function retiredTag(tag: string): CardProblem {
  const text = "cards of schema V2 no longer support this capability";
  return new CardProblem({ code: 200220, messageCode: 200861, text, value: `unsupported tag ${tag}` });
}

export function invalidImageKey(key: string): CardProblem {
  return new CardProblem({
    code: 200570,
    text: "card contains invalid image keys",
    value: `image key ${key}`,
  });
}

export function duplicateElementId(elementId: string): CardProblem {
  return new CardProblem({ code: 300301, text: "duplicate element id", value: elementId });
}

export function tooManyElements(): CardProblem {
  return new CardProblem({ code: 300305, messageCode: 11310, text: "element exceeds the limit" });
}

export function tooManyTables(): CardProblem {
  const text = "card table number over limit";
  return new CardProblem({ code: FAILED_TO_CREATE, messageCode: 11310, text, value: "table" });
}

export function tooLarge(bytes: number): CardProblem {
  return new CardProblem({ code: TOO_LARGE, text: "card content exceeds limit", value: `${bytes}` });
}
