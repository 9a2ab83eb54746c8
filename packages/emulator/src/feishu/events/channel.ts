/** Response of an app to an event or a callback. */
export type Reception =
  | { type: "answer"; status: number; body: string }
  /** No answer within `ANSWER_LIMIT_MS`. */
  | { type: "no-answer" }
  | { type: "unreachable" };

/** A way to an app: an address that it configured, or a connection that it holds. */
export interface Channel {
  /** Sends an event or a callback. Never rejects. */
  send(payload: object): Promise<Reception>;
}

/** Time that the platform waits for an answer. See https://open.feishu.cn/document/ukTMukTMukTM/uUTNz4SN1MjL1UzM */
export const ANSWER_LIMIT_MS = 3_000;
