import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { sampleRate, silence } from './sound.ts'

/** A stereo bus that sounds are placed on. */
export type Bus = Stereo & {
  /** `pan` from -1 (left) to 1 (right), at constant power. */
  place: (sound: Float32Array, atInSeconds: number, level?: number, pan?: number) => void
}

export function createBus(durationInSeconds: number): Bus {
  const left = silence(durationInSeconds)
  const right = silence(durationInSeconds)
  return {
    left,
    right,
    place(sound, atInSeconds, level = 1, pan = 0) {
      const start = Math.round(atInSeconds * sampleRate)
      const angle = ((pan + 1) * Math.PI) / 4
      const toLeft = level * Math.cos(angle)
      const toRight = level * Math.sin(angle)
      for (let i = 0; i < sound.length && start + i < left.length; i++) {
        if (start + i < 0) continue
        left[start + i] = (left[start + i] ?? 0) + (sound[i] ?? 0) * toLeft
        right[start + i] = (right[start + i] ?? 0) + (sound[i] ?? 0) * toRight
      }
    },
  }
}

/** Adds up sounds of equal length at their levels. */
export function mix(parts: readonly (readonly [sound: Stereo, level: number])[]): Stereo {
  const length = Math.max(...parts.map(([sound]) => sound.left.length))
  const sum = { left: new Float32Array(length), right: new Float32Array(length) }
  for (const [sound, level] of parts) {
    for (let i = 0; i < sound.left.length; i++) {
      sum.left[i] = (sum.left[i] ?? 0) + (sound.left[i] ?? 0) * level
      sum.right[i] = (sum.right[i] ?? 0) + (sound.right[i] ?? 0) * level
    }
  }
  return sum
}

/** Where the beats are: `at(bar, step)` in seconds, in sixteenths of 4/4, the odd ones swung. */
export function createGrid({ beatsPerMinute, swing = 0.5 }: { beatsPerMinute: number; swing?: number }) {
  const stepInSeconds = 60 / beatsPerMinute / 4
  return {
    stepInSeconds,
    barInSeconds: stepInSeconds * 16,
    at: (bar: number, step = 0) => {
      const pair = Math.floor(step / 2) * 2
      return stepInSeconds * (bar * 16 + pair + (step - pair) * 2 * swing)
    },
  }
}

/** The steps of a pattern such as `x..x..x.`: `x` loud, `o` soft. */
export function stepsOf(pattern: string): { step: number; level: number }[] {
  return [...pattern.replaceAll(' ', '')].flatMap((mark, step) =>
    mark === 'x' ? [{ step, level: 1 }] : mark === 'o' ? [{ step, level: 0.55 }] : [],
  )
}

/** Renders each distinct sound once: a song repeats itself. */
export function remember<A extends unknown[]>(
  render: (...args: A) => Float32Array,
): (...args: A) => Float32Array {
  const known = new Map<string, Float32Array>()
  return (...args) => {
    const key = JSON.stringify(args)
    const sound = known.get(key) ?? render(...args)
    known.set(key, sound)
    return sound
  }
}
