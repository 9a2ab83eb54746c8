/** An amount of bytes as it is read beside a limit of 30 KB, of which the platform has 30,000. */
export function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} KB`;
}

/** Time since something, in milliseconds, such as `"+1.25 s"`. */
export function formatSpan(ms: number): string {
  const sign = ms < 0 ? "-" : "+";
  const span = Math.abs(ms);
  if (span < 60_000) return `${sign}${(span / 1000).toFixed(2)} s`;
  const minutes = Math.floor(span / 60_000);
  return `${sign}${minutes}:${String(Math.floor((span % 60_000) / 1000)).padStart(2, "0")} min`;
}
