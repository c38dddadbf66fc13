/** Brings one channel to another sample rate, block by block and without a seam between blocks. */
export type Resampler = {
  add: (block: Float32Array) => Float32Array
  /** What the filter still holds, once there is no more input. */
  flush: () => Float32Array
}

const zeroCrossings = 24
const kaiserBeta = 9

/**
 * A polyphase windowed-sinc resampler (J. O. Smith, "Digital Audio Resampling"): exact for whole ratios such as
 * 44,100 -> 48,000 (160/147), about 90 dB of stop band. Output sample n lies at input time n * from / to: no delay.
 */
export function createResampler(from: number, to: number): Resampler {
  const divisor = greatestCommonDivisor(from, to)
  const up = to / divisor
  const down = from / divisor
  const { phases, reach } = designPhases(up, Math.min(1, to / from))
  const taps = 2 * reach
  // Silence in front of the first sample, so that its filter reaches back into something.
  let held: Float32Array = new Float32Array(reach - 1)
  let heldFrom = -(reach - 1)
  let outputIndex = 0
  let inputCount = 0

  const produce = (input: Float32Array, outputEnd: number): Float32Array => {
    const signal = new Float32Array(held.length + input.length)
    signal.set(held)
    signal.set(input, held.length)
    const available = heldFrom + signal.length
    const output: number[] = []
    for (; outputIndex < outputEnd; outputIndex++) {
      const position = outputIndex * down
      const centre = Math.floor(position / up)
      if (centre + reach >= available) break
      const phase = (position % up) * taps
      const start = centre - reach + 1 - heldFrom
      let sum = 0
      for (let tap = 0; tap < taps; tap++) sum += (phases[phase + tap] ?? 0) * (signal[start + tap] ?? 0)
      output.push(sum)
    }
    const keepFrom = Math.max(heldFrom, Math.floor((outputIndex * down) / up) - reach + 1)
    held = signal.slice(keepFrom - heldFrom)
    heldFrom = keepFrom
    return Float32Array.from(output)
  }

  return {
    add(block) {
      inputCount += block.length
      return from === to ? block : produce(block, Number.POSITIVE_INFINITY)
    },
    flush() {
      if (from === to) return new Float32Array(0)
      return produce(new Float32Array(reach + 1), Math.round((inputCount * to) / from))
    },
  }
}

/** One row of taps for each of the `up` positions between two input samples. */
function designPhases(up: number, cutoff: number): { phases: Float64Array; reach: number } {
  const reach = Math.ceil(zeroCrossings / cutoff)
  const taps = 2 * reach
  const phases = new Float64Array(up * taps)
  for (let phase = 0; phase < up; phase++) {
    let sum = 0
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (reach - 1) - phase / up
      const value = cutoff * sinc(cutoff * distance) * kaiser(distance / reach)
      phases[phase * taps + tap] = value
      sum += value
    }
    for (let tap = 0; tap < taps; tap++) phases[phase * taps + tap] = (phases[phase * taps + tap] ?? 0) / sum
  }
  return { phases, reach }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : besselI0(kaiserBeta * Math.sqrt(1 - x * x)) / besselI0(kaiserBeta)
}

/** The modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; k < 40; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
