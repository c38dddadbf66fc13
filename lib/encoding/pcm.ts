import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'

/** Sound as 48-kHz stereo, block by block; it can be gone through again from its beginning. */
export type PcmSource = {
  /** Exact, or an estimate for the progress. */
  durationInSamples: number
  open: () => AsyncIterable<Stereo> | Iterable<Stereo>
}

const blockInSamples = 48_000

/** Sound that lies in memory as a whole. */
export function pcmFromMemory({ left, right }: Stereo): PcmSource {
  return {
    durationInSamples: left.length,
    *open() {
      for (let start = 0; start < left.length; start += blockInSamples) {
        const end = Math.min(start + blockInSamples, left.length)
        yield { left: left.subarray(start, end), right: right.subarray(start, end) }
      }
    },
  }
}
