import { createFilter } from './filter.ts'
import { type Envelope, envelopeAt, frequencyOf, pulse, sampleRate, saw, silence } from './sound.ts'

/** How far below the beginning a released note has to fall until it is cut, inaudibly. */
const tail = 1.6

type Note = { note: string; held: number }
type SynthOptions = {
  amplitude: Envelope
  /** Detuned copies, in cents. */
  detune?: readonly number[]
  wave?: 'saw' | 'pulse' | 'triangle' | 'sine'
  width?: number
  /** The low-pass: where it rests and how far the envelope opens it. */
  cutoff: number
  open?: number
  openDecay?: number
  resonance?: number
  vibrato?: { rate: number; cents: number; delay: number }
  /** An octave below, mixed in. */
  sub?: number
}

/** A subtractive voice: oscillators, a low-pass with its own decay, an amplitude envelope. */
export function synth({ note, held }: Note, options: SynthOptions): Float32Array {
  const { amplitude, detune = [0], wave = 'saw', width = 0.5, cutoff, open = 0, openDecay = 0.2 } = options
  const out = silence(held + amplitude.release * tail)
  const frequency = frequencyOf(note)
  const filter = createFilter('low', options.resonance ?? 0.8)
  // Fixed phases that lie apart: copies that begin together would begin with a peak.
  const phases = detune.map((_, i) => (i * 0.381966) % 1)
  let subPhase = 0
  const fade = 0.005 * sampleRate
  return out.map((_, i) => {
    const t = i / sampleRate
    const sway = options.vibrato ? vibratoAt(options.vibrato, t) : 0
    let sum = 0
    for (let voice = 0; voice < detune.length; voice++) {
      const step = (frequency * 2 ** (((detune[voice] ?? 0) + sway) / 1_200)) / sampleRate
      const phase = ((phases[voice] ?? 0) + step) % 1
      phases[voice] = phase
      sum += oscillate(wave, phase, step, width)
    }
    sum /= Math.sqrt(detune.length)
    if (options.sub) {
      subPhase += frequency / 2 / sampleRate
      sum += options.sub * Math.sin(2 * Math.PI * subPhase)
    }
    const opened = cutoff + open * Math.exp((-4 * t) / openDecay)
    return filter(sum, opened) * envelopeAt(amplitude, t, held) * Math.min(1, (out.length - i) / fade)
  })
}

function oscillate(
  wave: NonNullable<SynthOptions['wave']>,
  phase: number,
  step: number,
  width: number,
): number {
  if (wave === 'saw') return saw(phase, step)
  if (wave === 'pulse') return pulse(phase, step, width)
  if (wave === 'sine') return Math.sin(2 * Math.PI * phase)
  return 1 - 4 * Math.abs(phase - 0.5)
}

function vibratoAt({ rate, cents, delay }: NonNullable<SynthOptions['vibrato']>, t: number): number {
  return t < delay ? 0 : cents * Math.min(1, (t - delay) * 3) * Math.sin(2 * Math.PI * rate * (t - delay))
}

/** Two operators of frequency modulation: bells, electric pianos (Chowning, 1973). */
export function bell(
  { note, held }: Note,
  { ratio = 3.01, index = 2.2, decay = 0.9, level = 1 } = {},
): Float32Array {
  const out = silence(held + decay)
  const frequency = frequencyOf(note)
  return out.map((_, i) => {
    const t = i / sampleRate
    const modulator = Math.sin(2 * Math.PI * frequency * ratio * t) * index * Math.exp((-3 * t) / decay)
    const amplitude =
      Math.exp((-3.2 * t) / decay) * Math.min(1, t / 0.002) * Math.min(1, (out.length - i) / 480)
    return level * amplitude * Math.sin(2 * Math.PI * frequency * t + modulator)
  })
}
