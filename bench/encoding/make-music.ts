import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'

const sampleRate = 48_000
const beatsPerMinute = 124
/** A minor, F, C, G: roots as MIDI notes. */
const roots = [57, 53, 48, 55]

/** Something like music, so that an encoder has something to do: kick, hats, chords and a bass, at 124 beats a minute. */
export function makeMusic(durationInSeconds: number): Stereo {
  const length = Math.round(durationInSeconds * sampleRate)
  const left = new Float32Array(length)
  const right = new Float32Array(length)
  const beatInSamples = (60 / beatsPerMinute) * sampleRate
  let seed = 1
  for (let i = 0; i < length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    const noise = seed / 2 ** 31 - 1
    const beat = i / beatInSamples
    const sinceBeatInS = ((beat % 1) * beatInSamples) / sampleRate
    const sinceHatInS = (((beat * 2) % 1) * beatInSamples) / 2 / sampleRate
    const kick = Math.sin(2 * Math.PI * (50 * sinceBeatInS + 6 * (1 - Math.exp(-30 * sinceBeatInS))))
    const root = roots[Math.floor(beat / 4) % roots.length] ?? 57
    const t = i / sampleRate
    let chord = 0
    for (const interval of [0, 3, 7, 12]) chord += saw(frequencyOf(root + interval) * t)
    const bass = saw(frequencyOf(root - 24) * t)
    const common = kick * Math.exp(-7 * sinceBeatInS) * 0.5 + bass * 0.15
    const hat = noise * Math.exp(-60 * sinceHatInS) * 0.15
    left[i] = common + chord * 0.04 + hat
    right[i] = common + chord * 0.04 * Math.cos(t / 3) + hat * 0.7
  }
  return { left, right }
}

function saw(phase: number): number {
  return 2 * (phase % 1) - 1
}

function frequencyOf(midiNote: number): number {
  return 440 * 2 ** ((midiNote - 69) / 12)
}
