import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { createFilter } from './filter.ts'
import { sampleRate } from './sound.ts'

/** Comb and allpass lengths of Freeverb (J. Smith, "Physical Audio Signal Processing"), in samples at 44.1 kHz. */
const combs = [1_116, 1_188, 1_277, 1_356, 1_422, 1_491, 1_557, 1_617]
const allpasses = [556, 441, 341, 225]
const spreadInSamples = 23

/** A room. `size` from 0 to 1 lengthens it, `damping` darkens it. Answers the wet sound alone. */
export function reverb(input: Stereo, { size = 0.8, damping = 0.35 } = {}): Stereo {
  const feedback = 0.7 + 0.28 * size
  const mono = input.left.map((sample, i) => (sample + (input.right[i] ?? 0)) * 0.5)
  const side = (spread: number) => {
    const lengthOf = (samples: number) => Math.round(((samples + spread) * sampleRate) / 44_100)
    let out: Float32Array = new Float32Array(mono.length)
    for (const samples of combs) addComb(mono, out, lengthOf(samples), feedback, damping)
    for (const samples of allpasses) out = allpass(out, lengthOf(samples))
    return out.map((sample) => sample * 0.06)
  }
  return { left: side(0), right: side(spreadInSamples) }
}

function addComb(input: Float32Array, out: Float32Array, length: number, feedback: number, damping: number) {
  const line = new Float32Array(length)
  let dark = 0
  for (let i = 0, at = 0; i < input.length; i++, at = (at + 1) % length) {
    const delayed = line[at] ?? 0
    dark = delayed * (1 - damping) + dark * damping
    line[at] = (input[i] ?? 0) + dark * feedback
    out[i] = (out[i] ?? 0) + delayed
  }
}

function allpass(input: Float32Array, length: number): Float32Array {
  const line = new Float32Array(length)
  let at = 0
  return input.map((sample) => {
    const delayed = line[at] ?? 0
    line[at] = sample + delayed * 0.5
    at = (at + 1) % length
    return delayed - sample
  })
}

/** An echo that wanders between the sides and grows darker. Answers the wet sound alone. */
export function pingPong(
  input: Stereo,
  options: { delayInSeconds: number; feedback: number; tone?: number },
): Stereo {
  const { delayInSeconds, feedback, tone = 2_600 } = options
  const length = Math.round(delayInSeconds * sampleRate)
  const lines = [new Float32Array(length), new Float32Array(length)] as const
  const darken = [createFilter('low', 0.6), createFilter('low', 0.6)] as const
  const thin = [createFilter('high', 0.6), createFilter('high', 0.6)] as const
  const left = new Float32Array(input.left.length)
  const right = new Float32Array(input.left.length)
  for (let i = 0, at = 0; i < left.length; i++, at = (at + 1) % length) {
    const l = lines[0][at] ?? 0
    const r = lines[1][at] ?? 0
    left[i] = l
    right[i] = r
    const fresh = ((input.left[i] ?? 0) + (input.right[i] ?? 0)) * 0.5
    lines[0][at] = fresh + thin[0](darken[0](r, tone), 180) * feedback
    lines[1][at] = thin[1](darken[1](l, tone), 180) * feedback
  }
  return { left, right }
}

/** Ducks a sound under each of these instants and lets it come back: the breath of dance music. */
export function duck(
  sound: Stereo,
  instantsInSeconds: readonly number[],
  { depth = 0.7, recovery = 0.22 } = {},
): void {
  const gain = new Float32Array(sound.left.length).fill(1)
  const fall = Math.round(0.006 * sampleRate)
  const rise = Math.round(recovery * sampleRate)
  for (const instant of instantsInSeconds) {
    const start = Math.round(instant * sampleRate) - fall
    for (let i = 0; i < fall + rise; i++) {
      const shape = i < fall ? i / fall : 0.5 + 0.5 * Math.cos((Math.PI * (i - fall)) / rise)
      const at = start + i
      if (at >= 0 && at < gain.length) gain[at] = Math.min(gain[at] ?? 1, 1 - depth * shape)
    }
  }
  for (const channel of [sound.left, sound.right])
    for (let i = 0; i < channel.length; i++) channel[i] = (channel[i] ?? 0) * (gain[i] ?? 1)
}

/** Moves a low-pass over a sound; `cutoffAt` says where it is at each second. */
export function sweep(sound: Stereo, cutoffAt: (timeInSeconds: number) => number): void {
  for (const channel of [sound.left, sound.right]) {
    const filter = createFilter('low', 0.8)
    let cutoff = 0
    for (let i = 0; i < channel.length; i++) {
      if (i % 64 === 0) cutoff = cutoffAt(i / sampleRate)
      channel[i] = filter(channel[i] ?? 0, cutoff)
    }
  }
}

/** The last stage: without rumble, gently saturated, faded at both ends so that nothing clicks. */
export function master(sound: Stereo, { drive = 1, fadeOutInSeconds = 0.05 } = {}): Stereo {
  const finish = (channel: Float32Array) => {
    const rumble = createFilter('high', 0.7)
    const fadeIn = 0.003 * sampleRate
    const fadeOut = fadeOutInSeconds * sampleRate
    return channel.map((sample, i) => {
      const edge = Math.min(1, i / fadeIn, (channel.length - i) / fadeOut)
      return Math.tanh(rumble(sample, 24) * drive) * 0.9 * edge
    })
  }
  return { left: finish(sound.left), right: finish(sound.right) }
}
