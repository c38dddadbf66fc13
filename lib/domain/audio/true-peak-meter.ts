/** The highest level that a signal reaches between its samples too, by four-fold oversampling (BS.1770-5, annex 2). */
export type TruePeakMeter = {
  add: (left: Float32Array, right: Float32Array) => void
  /** Linear: 1 is full scale. */
  peak: () => number
}

// The interpolating filter of annex 2; the other two phases are these two backwards.
const phase0 = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
  0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
]
const phase1 = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
]
const phases = [phase0, phase1, phase1.toReversed(), phase0.toReversed()].map((taps) =>
  Float64Array.from(taps),
)
const taps = 12
/** No phase can raise a sample by more than the sum of its taps' absolute values. */
const highestGain = Math.max(...phases.map((phase) => phase.reduce((sum, tap) => sum + Math.abs(tap), 0)))
const strideInSamples = 1_024

export function createTruePeakMeter(): TruePeakMeter {
  const channels = [createChannel(), createChannel()]
  let peak = 0
  return {
    add(left, right) {
      peak = Math.max(peak, channels[0]?.(left, peak) ?? 0, channels[1]?.(right, peak) ?? 0)
    },
    peak: () => peak,
  }
}

/** Oversamples only where the samples are high enough to beat the peak known so far, which is rarely. */
function createChannel() {
  let tail: Float32Array = new Float32Array(taps - 1)
  return (block: Float32Array, known: number): number => {
    const signal = new Float32Array(tail.length + block.length)
    signal.set(tail)
    signal.set(block, tail.length)
    tail = signal.slice(signal.length - tail.length)
    let peak = known
    for (let start = 0; start < block.length; start += strideInSamples) {
      const stride = signal.subarray(start, Math.min(start + strideInSamples, block.length) + taps - 1)
      const highestSample = highestAbsolute(stride)
      peak = Math.max(peak, highestSample)
      if (highestSample * highestGain > peak) peak = Math.max(peak, highestBetween(stride))
    }
    return peak
  }
}

function highestBetween(signal: Float32Array): number {
  let highest = 0
  for (const phase of phases) {
    for (let i = 0; i + taps <= signal.length; i++) {
      let sum = 0
      for (let tap = 0; tap < taps; tap++) sum += (phase[tap] ?? 0) * (signal[i + taps - 1 - tap] ?? 0)
      highest = Math.max(highest, Math.abs(sum))
    }
  }
  return highest
}

function highestAbsolute(signal: Float32Array): number {
  let highest = 0
  for (const sample of signal) highest = Math.max(highest, Math.abs(sample))
  return highest
}
