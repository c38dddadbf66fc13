import { acquiredTimes, isUndisturbed, type Listener, type Synced } from './listener.ts'

/** How far apart two listeners were at one instant, and under which headings that counts. */
export type PairOffset = {
  atInMs: number
  pair: string
  offsetInMs: number
  isTracking: boolean
  isAfterChange: boolean
}

const afterChangeInMs = 2_000

/** The offsets of every pair, from when both were in sync for the first time. */
export function pairOffsets(
  listeners: readonly { listener: Listener; stretches: readonly Synced[] }[],
  changes: readonly number[],
): PairOffset[] {
  const heard = listeners.map(({ listener, stretches }) => {
    const times = acquiredTimes(stretches)
    const isAcquired = (atInMs: number) =>
      times.some(({ fromInMs, untilInMs }) => atInMs >= fromInMs && atInMs < untilInMs)
    const aheadByInstant = new Map(
      listener.readings.flatMap((reading) =>
        reading.kind === 'heard' && isAcquired(reading.atInMs) ? [[reading.atInMs, reading.aheadInMs]] : [],
      ),
    )
    return { listener, aheadByInstant }
  })
  return heard.flatMap((first, index) =>
    heard.slice(index + 1).flatMap((second) =>
      [...first.aheadByInstant].flatMap(([atInMs, aheadInMs]) => {
        const otherAheadInMs = second.aheadByInstant.get(atInMs)
        if (otherAheadInMs === undefined) return []
        return [
          {
            atInMs,
            pair: `${first.listener.name}-${second.listener.name}`,
            offsetInMs: aheadInMs - otherAheadInMs,
            isTracking: isUndisturbed(first.listener, atInMs) && isUndisturbed(second.listener, atInMs),
            isAfterChange: changes.some((change) => atInMs >= change && atInMs < change + afterChangeInMs),
          },
        ]
      }),
    ),
  )
}
