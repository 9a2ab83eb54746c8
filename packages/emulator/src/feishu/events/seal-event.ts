import { createCipheriv, createHash } from "node:crypto";

/** Body and headers of a request to an app. */
export interface SealedRequest {
  body: string;
  headers: Record<string, string>;
}

export interface Seal {
  /** Encrypt Key of the app; `undefined` sends plain JSON without a signature. */
  encryptKey: string | undefined;
  /** Seconds since the epoch. */
  timestamp: number;
  nonce: string;
  /** Initialization vector, 16 bytes. */
  iv: Uint8Array;
}

/**
 * Makes the request by which the platform sends an event: compact JSON, encrypted with AES-256-CBC under the SHA-256 of
 * the Encrypt Key, and signed over the bytes of the body.
 *
 * See https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export function sealEvent(payload: object, { encryptKey, timestamp, nonce, iv }: Seal): SealedRequest {
  const headers = { "content-type": "application/json; charset=utf-8" };
  const plain = JSON.stringify(payload);
  if (encryptKey === undefined) return { body: plain, headers };
  const key = createHash("sha256").update(encryptKey).digest();
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  const encrypted = Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final()]).toString("base64");
  const body = JSON.stringify({ encrypt: encrypted });
  const signature = createHash("sha256").update(`${timestamp}${nonce}${encryptKey}${body}`).digest("hex");
  return {
    body,
    headers: {
      ...headers,
      "x-lark-request-timestamp": String(timestamp),
      "x-lark-request-nonce": nonce,
      "x-lark-signature": signature,
    },
  };
}
