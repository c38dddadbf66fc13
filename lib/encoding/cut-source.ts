import type { PcmSource } from './pcm.ts'

/** A part of a sound, in samples: from `from` to before `to`. */
export type Cut = { from: number; to: number }

/** A sound without what lies before and behind the cut. */
export function cutSource(source: PcmSource, { from, to }: Cut): PcmSource {
  return {
    durationInSamples: to - from,
    async *open() {
      let position = 0
      for await (const { left, right } of source.open()) {
        const start = Math.max(0, from - position)
        const end = Math.min(left.length, to - position)
        if (end > start) yield { left: left.subarray(start, end), right: right.subarray(start, end) }
        position += left.length
        if (position >= to) return
      }
    },
  }
}
