const IV_BYTES = 16;
const BLOCK_BYTES = 16;

/**
 * Decrypts events: AES-256-CBC under the SHA-256 of the Encrypt Key, with the IV in front. Uses Web Crypto, because edge
 * runtimes have it, too.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export class EventCipher {
  readonly #encryptKey: string;
  #key: Promise<CryptoKey> | undefined;

  constructor(encryptKey: string) {
    this.#encryptKey = encryptKey;
  }

  /** Decrypts an event. @returns the plain text, or `undefined` where it was not encrypted with this key. */
  async decrypt(encrypted: string): Promise<string | undefined> {
    const bytes = fromBase64(encrypted);
    if (bytes === undefined) return undefined;
    const text = bytes.subarray(IV_BYTES);
    if (text.byteLength === 0 || text.byteLength % BLOCK_BYTES !== 0) return undefined;
    this.#key ??= importKey(this.#encryptKey);
    try {
      const iv = bytes.subarray(0, IV_BYTES);
      const plain = await crypto.subtle.decrypt({ name: "AES-CBC", iv }, await this.#key, text);
      return new TextDecoder("utf-8", { fatal: true }).decode(plain);
    } catch {
      // The padding or the text is invalid: it was encrypted with another key, or is a stranger's bytes.
      return undefined;
    }
  }
}

async function importKey(encryptKey: string): Promise<CryptoKey> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(encryptKey));
  return crypto.subtle.importKey("raw", digest, "AES-CBC", false, ["decrypt"]);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
