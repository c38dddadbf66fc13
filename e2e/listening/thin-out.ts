/** The tap's way from 48 kHz to 8 kHz, for sounds that take part in a comparison without having gone through a page. */
const thinned = {
  decimation: 6,
  /** Nothing above the new Nyquist frequency may be left when five of six samples are dropped. */
  cutoffInHz: 1_500,
  /** In decibels, as Web Audio has it for low-passes. */
  resonancesInDb: [0.54, 1.31],
} as const

/** Low-passes 48-kHz sound as the tap does, its delay included, and keeps every sixth sample. */
export function thinOut(samples: Float32Array): Float32Array {
  const thin = createThinner()
  const kept = new Float32Array(Math.ceil(samples.length / thinned.decimation))
  let count = 0
  for (const sample of samples) {
    const thinnedSample = thin(sample)
    if (thinnedSample !== null) kept[count++] = thinnedSample
  }
  return kept
}

/** The same for a sound that comes sample by sample: gives null for those that are dropped. */
export function createThinner(): (sample: number) => number | null {
  const [first, second] = thinned.resonancesInDb.map((resonance) =>
    lowPass(thinned.cutoffInHz / 48_000, resonance),
  )
  let phase = -1
  return (sample) => {
    phase = (phase + 1) % thinned.decimation
    const filtered = second?.(first?.(sample) ?? 0) ?? 0
    return phase === 0 ? filtered : null
  }
}

/** The BiquadFilterNode's low-pass (Web Audio API, "Filters Characteristics"). `cutoff` is a part of the sample rate. */
function lowPass(cutoff: number, resonanceInDb: number): (sample: number) => number {
  const omega = 2 * Math.PI * cutoff
  const alpha = Math.sin(omega) / (2 * 10 ** (resonanceInDb / 20))
  const cos = Math.cos(omega)
  const [a0, a1, a2] = [1 + alpha, -2 * cos, 1 - alpha]
  const [b0, b1] = [(1 - cos) / 2 / a0, (1 - cos) / a0]
  const [c1, c2] = [a1 / a0, a2 / a0]
  let x1 = 0
  let x2 = 0
  let y1 = 0
  let y2 = 0
  return (x) => {
    const y = b0 * x + b1 * x1 + b0 * x2 - c1 * y1 - c2 * y2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    return y
  }
}
