import { fieldsOf, stringOf } from "../../api/feishu-client.ts";
import type { EventCipher } from "./decrypt-event.ts";
import { isSameText, type RequestSignature, verifySignature } from "./verify-signature.ts";
import type { WebhookKeys } from "./webhook-keys.ts";

export type Payload = Readonly<Record<string, unknown>>;

/** A request that was opened: a challenge, an event, or a refusal. */
export type Envelope =
  | { readonly type: "challenge"; readonly challenge: string }
  | { readonly type: "event"; readonly payload: Payload }
  /** `reason` is for the owner's log, and is not sent. */
  | { readonly type: "refused"; readonly status: 400 | 401; readonly reason: string };

export interface EnvelopeParts {
  readonly body: Uint8Array;
  readonly signature: RequestSignature | undefined;
  /** Time of the request, in milliseconds since the epoch. */
  readonly now: number;
}

/** Largest age of an event. The platform repeats events for about seven hours; an older one was recorded by a stranger. */
const MAX_AGE_MS = 8 * 3_600_000;

/** Opens the requests of the platform to one app, and refuses all others. */
export class EnvelopeOpener {
  readonly #keys: WebhookKeys;
  readonly #cipher: EventCipher | undefined;

  constructor(keys: WebhookKeys, cipher: EventCipher | undefined) {
    this.#keys = keys;
    this.#cipher = cipher;
  }

  async open(parts: EnvelopeParts): Promise<Envelope> {
    const { encryptKey } = this.#keys;
    const { body, signature, now } = parts;
    if (encryptKey !== undefined && signature !== undefined) {
      if (!(await verifySignature(signature, encryptKey, body))) return refused("its signature is wrong");
      if (!isRecent(signature.timestamp, now)) return refused("it was signed more than 8 hours ago");
    }
    const outer = parseObject(decodeUtf8(body));
    if (outer === undefined) return malformed("its body is no JSON object");
    const encrypted = stringOf(outer.encrypt);
    if (encrypted !== undefined && this.#cipher === undefined) {
      return refused("it is encrypted: set FEISHU_ENCRYPT_KEY");
    }
    const payload = encrypted === undefined ? outer : await this.#decrypt(encrypted);
    if (payload === undefined) return refused("it was not encrypted with this app's Encrypt Key");
    return this.#admit(payload, {
      isSigned: signature !== undefined,
      isEncrypted: encrypted !== undefined,
      now,
    });
  }

  #admit(payload: Payload, proof: { isSigned: boolean; isEncrypted: boolean; now: number }): Envelope {
    const { encryptKey, verificationToken } = this.#keys;
    const header = fieldsOf(payload.header);
    const token = stringOf(header?.token) ?? stringOf(payload.token) ?? "";
    if (verificationToken !== undefined && !isSameText(verificationToken, token)) {
      return refused("its verification token is another one");
    }
    if (encryptKey !== undefined && !proof.isEncrypted) return refused("it is not encrypted");
    if (payload.type === "url_verification") {
      const challenge = stringOf(payload.challenge);
      return challenge === undefined ? malformed("it has no challenge") : { type: "challenge", challenge };
    }
    // The address is verified before there is a signature to check; everything else is signed.
    if (encryptKey !== undefined && !proof.isSigned) return refused("it is not signed");
    const sentAt = stringOf(header?.create_time) ?? stringOf(payload.ts);
    if (encryptKey === undefined && sentAt !== undefined && !isRecent(sentAt, proof.now)) {
      return refused("it is more than 8 hours old");
    }
    return { type: "event", payload };
  }

  async #decrypt(encrypted: string): Promise<Payload | undefined> {
    const text = await this.#cipher?.decrypt(encrypted);
    return text === undefined ? undefined : parseObject(text);
  }
}

/** Tells whether a time is recent, in seconds, milliseconds or microseconds since the epoch: the platform writes all three. */
function isRecent(time: string, now: number): boolean {
  const value = Number(time);
  if (!Number.isFinite(value) || value <= 0) return false;
  const ms = value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000;
  return Math.abs(now - ms) <= MAX_AGE_MS;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

function parseObject(text: string): Payload | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? undefined : fieldsOf(value);
  } catch {
    return undefined;
  }
}

function refused(reason: string): Envelope {
  return { type: "refused", status: 401, reason };
}

function malformed(reason: string): Envelope {
  return { type: "refused", status: 400, reason };
}
