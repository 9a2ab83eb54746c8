const IV_BYTES = 16;
const BLOCK_BYTES = 16;

/**
 * Decrypts events: AES-256-CBC under the SHA-256 of the Encrypt Key, the IV in front. By Web Crypto, which edge runtimes have too.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export class EventCipher {
  readonly #encryptKey: string;
  #key: Promise<CryptoKey> | undefined;

  constructor(encryptKey: string) {
    this.#encryptKey = encryptKey;
  }

  /** @returns the plain text, or `undefined` where it was not encrypted with this key. */
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
      // The padding or the text is none: another key, or bytes of somebody else's making.
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
