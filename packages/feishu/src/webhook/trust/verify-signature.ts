/** The signature of a request, in the headers of the platform. */
export interface RequestSignature {
  readonly timestamp: string;
  readonly nonce: string;
  /** SHA-256 in lower-case hexadecimal. */
  readonly signature: string;
}

const utf8 = new TextEncoder();

/** Reads the signature of a request; `undefined` where it is not signed. */
export function readSignature(headers: Headers): RequestSignature | undefined {
  const timestamp = headers.get("x-lark-request-timestamp");
  const nonce = headers.get("x-lark-request-nonce");
  const signature = headers.get("x-lark-signature");
  return timestamp && nonce && signature ? { timestamp, nonce, signature } : undefined;
}

/**
 * Tells whether a body was signed with the Encrypt Key.
 *
 * @param body The bytes that arrived, because parsing and printing JSON changes them.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export async function verifySignature(
  { timestamp, nonce, signature }: RequestSignature,
  encryptKey: string,
  body: Uint8Array,
): Promise<boolean> {
  const head = utf8.encode(timestamp + nonce + encryptKey);
  const signed = new Uint8Array(head.byteLength + body.byteLength);
  signed.set(head);
  signed.set(body, head.byteLength);
  const digest = await crypto.subtle.digest("SHA-256", signed);
  return isSameText(hexOf(new Uint8Array(digest)), signature);
}

/** Compares a text with a secret, in a time that does not depend on the number of characters that were guessed. */
export function isSameText(secret: string, given: string): boolean {
  const one = utf8.encode(secret);
  const other = utf8.encode(given);
  let difference = one.byteLength ^ other.byteLength;
  for (const [at, byte] of one.entries())
    difference |= byte ^ (other[at % Math.max(1, other.byteLength)] ?? 0);
  return difference === 0;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
