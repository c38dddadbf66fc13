import { createKeyMeter } from '#lib/domain/audio/key-meter.ts'
import type { MusicalKey } from '#lib/domain/audio/musical-key.ts'
import { createResampler } from '#lib/domain/audio/resampler.ts'
import { audioFormat } from '#lib/protocol/tracks.ts'

/** What was heard in a piece; estimates, which the DJ may correct. */
export type MusicEstimate = { bpm: number | null; musicalKey: MusicalKey | null }
/** Beats a minute of mono sound, or null where there is no beat. */
export type EstimateTempo = (mono: Float32Array, sampleRate: number) => number | null

export type MusicMeter = {
  add: (left: Float32Array, right: Float32Array) => void
  estimate: (estimateTempo: EstimateTempo | null) => MusicEstimate
}

/** Enough for beats and for tones up to 6 kHz, at a quarter of the work. */
const sampleRate = audioFormat.sampleRate / 4
/** The middle of a piece says enough, and a set of 90 minutes would not fit into the memory. */
const longestPartInSamples = 120 * audioFormat.sampleRate

/** Listens to the middle of a sound whose length is known about. */
export function createMusicMeter(durationInSamples: number): MusicMeter {
  const from = Math.max(0, Math.floor((durationInSamples - longestPartInSamples) / 2))
  const to = from + longestPartInSamples
  const resampler = createResampler(audioFormat.sampleRate, sampleRate)
  const blocks: Float32Array[] = []
  const key = createKeyMeter(sampleRate)
  let position = 0

  const take = (mono: Float32Array) => {
    key.add(mono)
    blocks.push(mono)
  }
  return {
    add(left, right) {
      const start = Math.max(0, from - position)
      const end = Math.min(left.length, to - position)
      position += left.length
      if (end <= start) return
      const mono = new Float32Array(end - start)
      for (let i = 0; i < mono.length; i++) mono[i] = ((left[start + i] ?? 0) + (right[start + i] ?? 0)) / 2
      take(resampler.add(mono))
    },
    estimate(estimateTempo) {
      take(resampler.flush())
      return { bpm: estimateTempo?.(joined(blocks), sampleRate) ?? null, musicalKey: key.key() }
    },
  }
}

function joined(blocks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const block of blocks) {
    whole.set(block, at)
    at += block.length
  }
  return whole
}
