/** A frame of the long connection: `pbbp2.Frame` of the official SDKs. No document describes it. */
export interface Frame {
  seqId: number;
  logId: number;
  service: number;
  method: FrameMethod;
  headers: Record<string, string>;
  payload: Uint8Array;
}

/** Kind of a frame: 0 for control, such as a ping, and 1 for data. */
type FrameMethod = 0 | 1;

const field = { seqId: 1, logId: 2, service: 3, method: 4, header: 5, payload: 8 } as const;
const VARINT = 0;
const BYTES = 2;

/** Encodes a frame as protocol buffers do. */
export function encodeFrame({ seqId, logId, service, method, headers, payload }: Frame): Uint8Array {
  return concat([
    ...number(field.seqId, seqId),
    ...number(field.logId, logId),
    ...number(field.service, service),
    ...number(field.method, method),
    ...Object.entries(headers).flatMap(([key, value]) =>
      bytes(field.header, concat([...bytes(1, utf8.encode(key)), ...bytes(2, utf8.encode(value))])),
    ),
    ...bytes(field.payload, payload),
  ]);
}

/** Decodes a frame and skips unknown fields. @throws {RangeError} when the bytes are no frame. */
export function decodeFrame(data: Uint8Array): Frame {
  const frame: Frame = { seqId: 0, logId: 0, service: 0, method: 0, headers: {}, payload: new Uint8Array() };
  for (const { id, value } of readFields(data)) {
    if (typeof value === "number") {
      if (id === field.seqId) frame.seqId = value;
      else if (id === field.logId) frame.logId = value;
      else if (id === field.service) frame.service = value;
      else if (id === field.method) frame.method = value === 1 ? 1 : 0;
    } else if (id === field.header) {
      const [key = "", text = ""] = headerOf(value);
      // Defined and not assigned, because a header may be named `__proto__`.
      Object.defineProperty(frame.headers, key, {
        value: text,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else if (id === field.payload) frame.payload = value;
  }
  return frame;
}

const utf8 = new TextEncoder();

function headerOf(data: Uint8Array): [string | undefined, string | undefined] {
  const texts = new Map<number, string>();
  for (const { id, value } of readFields(data)) {
    if (typeof value !== "number") texts.set(id, new TextDecoder().decode(value));
  }
  return [texts.get(1), texts.get(2)];
}

interface Field {
  id: number;
  value: number | Uint8Array;
}

function* readFields(data: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = data[at];
      if (byte === undefined) break;
      at += 1;
      // Numbers above 2^53 lose their last digits. No field of a frame is that large.
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("The frame ends within a number.");
  };
  const take = (length: number): Uint8Array => {
    if (at + length > data.length) throw new RangeError("The frame ends within a field.");
    at += length;
    return data.subarray(at - length, at);
  };
  while (at < data.length) {
    const tag = varint();
    const [id, wireType] = [Math.floor(tag / 8), tag % 8];
    if (wireType === VARINT) yield { id, value: varint() };
    else if (wireType === BYTES) yield { id, value: take(varint()) };
    else if (wireType === 1) take(8);
    else if (wireType === 5) take(4);
    else throw new RangeError(`The frame has a field of wire type ${wireType}.`);
  }
}

function number(id: number, value: number): Uint8Array[] {
  return [varint(id * 8 + VARINT), varint(value)];
}

function bytes(id: number, value: Uint8Array): Uint8Array[] {
  return [varint(id * 8 + BYTES), varint(value.length), value];
}

function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  do {
    const digit = rest % 0x80;
    rest = Math.floor(rest / 0x80);
    digits.push(rest > 0 ? digit + 0x80 : digit);
  } while (rest > 0);
  return Uint8Array.from(digits);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
