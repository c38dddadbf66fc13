/** `3:07`, or `1:02:03` from an hour on; what has not begun reads `0:00`. */
export function formatDuration(durationInMs: number): string {
  const total = Math.max(0, Math.floor(durationInMs / 1_000))
  const seconds = String(total % 60).padStart(2, '0')
  const minutes = Math.floor(total / 60) % 60
  const hours = Math.floor(total / 3_600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}
