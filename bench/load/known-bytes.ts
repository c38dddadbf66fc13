import type { Sighting } from './sighting.ts'

/** More than the different reads that are under way at the same time. */
const keptMax = 64

/**
 * What bytes were found to mean. A fan-out sends everybody the same bytes, so ten thousand readers parse a frame once
 * and compare it otherwise: the load stays light and still counts every message of every reader.
 */
export function createKnownBytes() {
  const known: { bytes: Buffer; sightings: Sighting[] }[] = []
  return {
    find: (buffer: Buffer, length: number): Sighting[] | null => {
      for (const { bytes, sightings } of known) {
        if (bytes.length === length && buffer.compare(bytes, 0, length, 0, length) === 0) return sightings
      }
      return null
    },
    add: (buffer: Buffer, length: number, sightings: Sighting[]): void => {
      known.unshift({ bytes: Buffer.from(buffer.subarray(0, length)), sightings })
      if (known.length > keptMax) known.pop()
    },
  }
}

export type KnownBytes = ReturnType<typeof createKnownBytes>
