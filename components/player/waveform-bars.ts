/** As many bars as fit, each as loud as the loudest bucket it stands for. Levels are 0 to 1,
 * the loudest of the track being 1. */
export function barsOf(waveform: readonly number[], count: number): number[] {
  if (waveform.length === 0) return Array.from({ length: count }, () => 0)
  const loudest = Math.max(1, ...waveform)
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * waveform.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * waveform.length) / count))
    return Math.max(...waveform.slice(from, to)) / loudest
  })
}

/** The level at a share of the track, between the two buckets beside it. */
export function levelAt(waveform: readonly number[], share: number): number {
  if (waveform.length === 0) return 0
  const place = Math.min(Math.max(share, 0), 1) * (waveform.length - 1)
  const before = waveform[Math.floor(place)] ?? 0
  const after = waveform[Math.ceil(place)] ?? before
  return (before + (after - before) * (place % 1)) / 255
}
