/** Writes an amount of bytes. A KB has 1,000 bytes, as in the platform's limit of 30 KB. */
export function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} KB`;
}

/** Writes a span of milliseconds, such as `"+1.25 s"`. */
export function formatSpan(ms: number): string {
  const sign = ms < 0 ? "-" : "+";
  const span = Math.abs(ms);
  if (span < 60_000) return `${sign}${(span / 1000).toFixed(2)} s`;
  const minutes = Math.floor(span / 60_000);
  return `${sign}${minutes}:${String(Math.floor((span % 60_000) / 1000)).padStart(2, "0")} min`;
}
