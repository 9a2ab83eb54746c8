/** How the app took what was sent to it. */
export type Reception =
  | { type: "answer"; status: number; body: string }
  /** No answer within the time. */
  | { type: "no-answer" }
  | { type: "unreachable" };

/** A way to an app: an address it configured, or a connection it holds. Never rejects. */
export interface Channel {
  send(payload: object): Promise<Reception>;
}

/** The platform waits so long for an answer. See https://open.feishu.cn/document/ukTMukTMukTM/uUTNz4SN1MjL1UzM */
export const ANSWER_LIMIT_MS = 3_000;
