// Codes that a person is shown when a click goes wrong.
// See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication

/** The app did not answer within the time that the platform waits. */
export const NO_ANSWER_IN_TIME = 200341;
/** The app's address or connection could not be reached. */
export const UNREACHABLE = 200342;
/** The app answered with an HTTP status other than 200. */
export const WRONG_STATUS = 200671;
/** The app answered with a body that is not a JSON object. */
export const NOT_JSON = 200672;
/** The card in the app's answer cannot be drawn. */
export const INVALID_CARD = 200673;
