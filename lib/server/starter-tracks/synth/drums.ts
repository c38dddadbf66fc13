import { createFilter } from './filter.ts'
import { sampleRate, silence } from './sound.ts'

type Random = () => number

/** A sine that falls from a click to a thump. */
export function kick({ from = 160, to = 47, length = 0.34, click = 0.25 } = {}): Float32Array {
  const out = silence(length + 0.05)
  let phase = 0
  return out.map((_, i) => {
    const t = i / sampleRate
    phase += (to + (from - to) * Math.exp(-t / 0.028)) / sampleRate
    const body = Math.sin(2 * Math.PI * phase) * Math.exp(-((t / length) ** 2) * 3.2)
    return (body + click * Math.exp(-t / 0.002) * Math.sin(2 * Math.PI * 1_800 * t)) * fadeOut(i, out.length)
  })
}

/** Two short tones under a burst of noise. */
export function snare(random: Random, { tone = 186, length = 0.2, snap = 0.8 } = {}): Float32Array {
  const out = silence(length + 0.05)
  const high = createFilter('high')
  return out.map((_, i) => {
    const t = i / sampleRate
    const body =
      Math.sin(2 * Math.PI * tone * t) * Math.exp(-t / 0.05) +
      0.5 * Math.sin(2 * Math.PI * tone * 1.6 * t) * Math.exp(-t / 0.03)
    const noise = high(random() * 2 - 1, 1_400) * Math.exp(-t / (length / 3))
    return (0.5 * body + snap * noise) * fadeOut(i, out.length)
  })
}

/** Four quick bursts that smear into one. */
export function clap(random: Random, { length = 0.24 } = {}): Float32Array {
  const out = silence(length)
  const band = createFilter('band', 1.4)
  const bursts = [0, 0.011, 0.021, 0.03]
  return out.map((_, i) => {
    const t = i / sampleRate
    const level = bursts.reduce(
      (sum, at, n) => sum + (t >= at ? Math.exp(-(t - at) / (n === 3 ? 0.06 : 0.006)) : 0),
      0,
    )
    return band(random() * 2 - 1, 1_250) * level * fadeOut(i, out.length)
  })
}

/** High noise, short when closed, long when open. */
export function hat(random: Random, { length = 0.05, cutoff = 7_800 } = {}): Float32Array {
  const out = silence(length * 2.5)
  const high = createFilter('high', 0.9)
  return out.map((_, i) => {
    const t = i / sampleRate
    return (
      high(random() * 2 - 1, cutoff) *
      Math.exp((-2.2 * t) / length) *
      Math.min(1, t / 0.0006) *
      fadeOut(i, out.length)
    )
  })
}

/** A dry knock. */
export function rim({ tone = 1_720 } = {}): Float32Array {
  const out = silence(0.06)
  return out.map((_, i) => {
    const t = i / sampleRate
    const body = Math.sin(2 * Math.PI * tone * t) + 0.6 * Math.sin(2 * Math.PI * tone * 0.47 * t)
    return body * Math.exp(-t / 0.011) * Math.min(1, t / 0.0004) * fadeOut(i, out.length)
  })
}

/** A soft grain for the eighths in between. */
export function shaker(random: Random, { length = 0.09 } = {}): Float32Array {
  const out = silence(length)
  const band = createFilter('band', 0.8)
  return out.map((_, i) => {
    const share = i / out.length
    return band(random() * 2 - 1, 6_200) * Math.sin(Math.PI * share ** 0.6) ** 2
  })
}

/** The last milliseconds of every sound, so that none ends in a click. */
function fadeOut(i: number, length: number): number {
  return Math.min(1, (length - i) / (0.004 * sampleRate))
}
