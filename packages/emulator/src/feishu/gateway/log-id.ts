const LOCAL_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Makes a log id in the platform's form: 14 digits of Beijing time, then 20 hexadecimal digits. */
export function createLogId(nowMs: number, count: number): string {
  const local = new Date(nowMs + LOCAL_OFFSET_MS).toISOString();
  const part = (at: number, length = 2): string => local.slice(at, at + length);
  const time = part(0, 4) + part(5) + part(8) + part(11) + part(14) + part(17);
  return time + count.toString(16).toUpperCase().padStart(20, "0");
}
