import { crc32, deflateSync } from "node:zlib";

type Color = readonly [red: number, green: number, blue: number];

const SKY: readonly [Color, Color] = [
  [255, 190, 118],
  [104, 109, 224],
];

/** Paints a sunset over hills, as a PNG of a size in pixels. */
export function paintPicture(width: number, height: number): Uint8Array<ArrayBuffer> {
  const lines = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      lines.set(colorAt(x / width, y / height, width / height), y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2], 8); // 8 bits for each of red, green and blue
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Uint8Array.from(
    Buffer.concat([
      signature,
      chunk("IHDR", size),
      chunk("IDAT", deflateSync(lines)),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

function colorAt(x: number, y: number, ratio: number): Color {
  const far = 0.62 + 0.06 * Math.sin(x * 7 + 1) + 0.03 * Math.sin(x * 17);
  const near = 0.78 + 0.07 * Math.sin(x * 5 + 4);
  if (y > near) return [38, 44, 84];
  if (y > far) return [72, 74, 140];
  const fromSun = Math.hypot((x - 0.68) * ratio, y - 0.42);
  if (fromSun < 0.11) return [255, 241, 201];
  const [low, high] = SKY;
  const mix = (index: 0 | 1 | 2): number => Math.round(low[index] * y * 1.4 + high[index] * (1 - y * 1.4));
  const glow = Math.max(0, 0.35 - fromSun) * 140;
  return [mix(0) + glow, mix(1) + glow, mix(2)].map((value) =>
    Math.max(0, Math.min(255, value)),
  ) as unknown as Color;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
