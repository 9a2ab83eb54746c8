const LOCAL_OFFSET_MS = 8 * 60 * 60 * 1000;

/** A support id as the platform makes them: 14 digits of Beijing time, then hexadecimal digits. */
export function createLogId(nowMs: number, count: number): string {
  const local = new Date(nowMs + LOCAL_OFFSET_MS).toISOString();
  const time = local.slice(0, 19).replace(/\D/g, "");
  return time + count.toString(16).toUpperCase().padStart(20, "0");
}
