/** Microseconds since 1970 as ISO 8601 in UTC: `2026-11-23T21:49:56.123456Z`. */
export function isoTime(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1e6);
  const fraction = microseconds - seconds * 1e6;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(fraction).padStart(6, '0')}Z`;
}
