/** One reading of how far the sound was from the room, and how well the clock was known. */
export type SyncReading = { atInMs: number; offsetInMs: number | null; uncertaintyInMs: number | null }

export const historyInMs = 30_000

/** Adds a reading and forgets what is too old to be shown. */
export function withReading(history: readonly SyncReading[], reading: SyncReading): readonly SyncReading[] {
  // One more than fits, so that the line does not begin inside the picture.
  const from = history.findIndex(({ atInMs }) => atInMs >= reading.atInMs - historyInMs) - 1
  return [...history.slice(Math.max(0, from)), reading]
}

const scalesInMs = [10, 25, 50, 100, 250, 1_000]

/** Up to which offset the picture shows: in steps, so that it holds still. */
export function scaleInMs(history: readonly SyncReading[]): number {
  const highest = Math.max(0, ...history.map(({ offsetInMs }) => Math.abs(offsetInMs ?? 0)))
  return scalesInMs.find((scale) => highest <= scale * 0.9) ?? (scalesInMs.at(-1) as number)
}
