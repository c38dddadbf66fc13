/** Filters the next samples of one channel, in their place. */
export type Filter = (block: Float32Array) => void

/** A second-order Butterworth low-pass or high-pass (R. Bristow-Johnson, "Audio EQ Cookbook"). */
export function createBiquad(type: 'low_pass' | 'high_pass', frequency: number, sampleRate: number): Filter {
  const w = (2 * Math.PI * frequency) / sampleRate
  const cos = Math.cos(w)
  const alpha = Math.sin(w) * Math.SQRT1_2
  const a0 = 1 + alpha
  const sign = type === 'low_pass' ? -1 : 1
  const b0 = (1 + sign * cos) / 2 / a0
  const b1 = (-sign * (1 + sign * cos)) / a0
  const a1 = (-2 * cos) / a0
  const a2 = (1 - alpha) / a0
  const state = new Float64Array(4)
  return (block) => {
    // Locals: numbers that a closure changes are allocated anew at each change.
    let [x1 = 0, x2 = 0, y1 = 0, y2 = 0] = state
    for (let i = 0; i < block.length; i++) {
      const sample = block[i] ?? 0
      const output = b0 * (sample + x2) + b1 * x1 - a1 * y1 - a2 * y2
      x2 = x1
      x1 = sample
      y2 = y1
      y1 = output
      block[i] = output
    }
    state.set([x1, x2, y1, y2])
  }
}
