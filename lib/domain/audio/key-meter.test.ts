import { describe, expect, it } from 'vitest'
import { createKeyMeter } from './key-meter.ts'
import { type MusicalKey, musicalKeys } from './musical-key.ts'

const sampleRate = 12_000
const majorScale = [0, 2, 4, 5, 7, 9, 11]
const minorScale = [0, 2, 3, 5, 7, 8, 10]
/** Degrees of the scale, of which each begins a triad: I IV V I, and i iv v i. */
const cadence = [0, 3, 4, 0]

/** Four chords with their bass and their overtones, two seconds each, twice. */
function chordsIn(key: MusicalKey): Float32Array {
  const index = musicalKeys.indexOf(key)
  const scale = index < 12 ? majorScale : minorScale
  const pitchOf = (degree: number) =>
    48 + (index % 12) + (scale[degree % 7] ?? 0) + 12 * Math.floor(degree / 7)
  const samples = new Float32Array(16 * sampleRate)
  for (const [n, degree] of [...cadence, ...cadence].entries()) {
    const notes = [pitchOf(degree) - 12, pitchOf(degree), pitchOf(degree + 2), pitchOf(degree + 4)]
    for (let i = 0; i < 2 * sampleRate; i++) {
      let sum = 0
      for (const note of notes) {
        const cycles = (440 * 2 ** ((note - 69) / 12) * i) / sampleRate
        for (const overtone of [1, 2, 3, 4]) sum += Math.sin(2 * Math.PI * cycles * overtone) / overtone
      }
      samples[n * 2 * sampleRate + i] = sum / 12
    }
  }
  return samples
}

function keyOf(sound: Float32Array): MusicalKey | null {
  const meter = createKeyMeter(sampleRate)
  for (let i = 0; i < sound.length; i += 5_000) meter.add(sound.subarray(i, i + 5_000))
  return meter.key()
}

describe('a piece of four chords', () => {
  it.each(musicalKeys)('in %s is heard as what it is', (key) => {
    expect(keyOf(chordsIn(key))).toBe(key)
  })
})

it('has no key for silence, noise and too little', () => {
  let state = 1
  const noise = Float32Array.from({ length: 20 * sampleRate }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state / 2 ** 32 - 0.5
  })
  expect(keyOf(noise)).toBeNull()
  expect(keyOf(new Float32Array(20 * sampleRate))).toBeNull()
  expect(keyOf(chordsIn('C').subarray(0, 3_000))).toBeNull()
})
