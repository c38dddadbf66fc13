import { createBiquad, type Filter } from './biquad.ts'

/** Measures how strong the low, the middle and the high tones of a sound are, along its way. */
export type BandMeter = {
  add: (left: Float32Array, right: Float32Array) => void
  /**
   * `count` bars (fewer for a very short sound), three hexadecimal digits each: low, middle, high, from 0 to f, f being
   * the strongest in this sound. Of the part from `from` to before `to`, in samples.
   */
  bands: (count: number, part: { from: number; to: number }) => string
}

const stepInSamples = 480
/** Kick and bass below, cymbals and breath above. */
const lowBelowInHz = 200
const highAboveInHz = 2_500
/** Music has less energy the higher it goes; with these weights a drum kit shows kick, snare and hat alike. */
const weights = [1, 1.6, 4] as const
/** What is never louder than -60 dB is silence. */
const quietestRms = 0.001

export function createBandMeter(sampleRate: number): BandMeter {
  const low = createSteepFilter('low_pass', lowBelowInHz, sampleRate)
  const notLow = createSteepFilter('high_pass', lowBelowInHz, sampleRate)
  const middle = createSteepFilter('low_pass', highAboveInHz, sampleRate)
  const high = createSteepFilter('high_pass', highAboveInHz, sampleRate)
  /** Mean squares of each step, band by band. */
  const steps: [number[], number[], number[]] = [[], [], []]
  const energies = new Float64Array(3)
  let samplesInStep = 0

  return {
    add(left, right) {
      const lows = new Float32Array(left.length)
      for (let i = 0; i < left.length; i++) lows[i] = ((left[i] ?? 0) + (right[i] ?? 0)) / 2
      const middles = lows.slice()
      low(lows)
      notLow(middles)
      const highs = middles.slice()
      middle(middles)
      high(highs)
      let [lowEnergy = 0, middleEnergy = 0, highEnergy = 0] = energies
      for (let i = 0; i < left.length; i++) {
        lowEnergy += (lows[i] ?? 0) ** 2
        middleEnergy += (middles[i] ?? 0) ** 2
        highEnergy += (highs[i] ?? 0) ** 2
        if (++samplesInStep < stepInSamples) continue
        steps[0].push(lowEnergy / stepInSamples)
        steps[1].push(middleEnergy / stepInSamples)
        steps[2].push(highEnergy / stepInSamples)
        lowEnergy = middleEnergy = highEnergy = samplesInStep = 0
      }
      energies.set([lowEnergy, middleEnergy, highEnergy])
    },
    bands(count, part) {
      const from = Math.round(part.from / stepInSamples)
      const to = Math.max(from + 1, Math.round(part.to / stepInSamples))
      const [lows = [], middles = [], highs = []] = steps.map((step, band) =>
        rmsOfBars(step.slice(from, to), count).map((rms) => rms * (weights[band] ?? 1)),
      )
      const strongest = Math.max(quietestRms, ...lows, ...middles, ...highs)
      const digit = (level = 0) => Math.round((level / strongest) * 15).toString(16)
      const bars = lows.map((level, bar) => digit(level) + digit(middles[bar]) + digit(highs[bar]))
      return bars.length > 0 ? bars.join('') : '000'
    },
  }
}

/** Fourth order, so that a bass does not show as a voice. */
function createSteepFilter(...settings: Parameters<typeof createBiquad>): Filter {
  const first = createBiquad(...settings)
  const second = createBiquad(...settings)
  return (block) => {
    first(block)
    second(block)
  }
}

function rmsOfBars(meanSquares: readonly number[], wanted: number): number[] {
  const count = Math.min(wanted, meanSquares.length)
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * meanSquares.length) / count)
    const to = Math.floor(((bar + 1) * meanSquares.length) / count)
    let sum = 0
    for (let i = from; i < to; i++) sum += meanSquares[i] ?? 0
    return Math.sqrt(sum / (to - from))
  })
}
