import { sampleRate } from './sound.ts'

export type FilterKind = 'low' | 'band' | 'high'

/** A two-pole state-variable filter that may be swept (A. Simper, "Linear trapezoidal SVF", 2013). */
export function createFilter(
  kind: FilterKind,
  resonance = 0.7,
): (input: number, cutoffInHz: number) => number {
  const k = 1 / resonance
  let lastCutoff = -1
  let a1 = 0
  let a2 = 0
  let a3 = 0
  let s1 = 0
  let s2 = 0
  return (input, cutoffInHz) => {
    if (cutoffInHz !== lastCutoff) {
      lastCutoff = cutoffInHz
      const g = Math.tan((Math.PI * Math.min(cutoffInHz, sampleRate * 0.45)) / sampleRate)
      a1 = 1 / (1 + g * (g + k))
      a2 = g * a1
      a3 = g * a2
    }
    const v3 = input - s2
    const band = a1 * s1 + a2 * v3
    const low = s2 + a2 * s1 + a3 * v3
    s1 = 2 * band - s1
    s2 = 2 * low - s2
    if (kind === 'low') return low
    return kind === 'band' ? band : input - k * band - low
  }
}
