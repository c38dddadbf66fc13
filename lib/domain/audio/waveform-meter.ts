/** Collects what a waveform is drawn from while the length is not known yet. */
export type WaveformMeter = {
  add: (left: Float32Array, right: Float32Array) => void
  /**
   * `bucketCount` values (fewer for a very short sound) from 0 to 255: the loudest sample of each, after the gain. Of
   * the steps from `from` to before `to`.
   */
  buckets: (bucketCount: number, gain: number, part?: { from: number; to: number }) => number[]
  /** The loudest sample (linear) of each step of `waveformStepInSamples`. */
  peaks: () => number[]
}

/** 10 ms. */
export const waveformStepInSamples = 480

export function createWaveformMeter(): WaveformMeter {
  const peaks: number[] = []
  let peak = 0
  let samplesInStep = 0
  const allPeaks = () => (samplesInStep > 0 ? [...peaks, peak] : peaks)
  return {
    add(left, right) {
      for (let i = 0; i < left.length; i++) {
        peak = Math.max(peak, Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0))
        if (++samplesInStep === waveformStepInSamples) {
          peaks.push(peak)
          peak = 0
          samplesInStep = 0
        }
      }
    },
    peaks: allPeaks,
    buckets(bucketCount, gain, part) {
      const all = part ? allPeaks().slice(part.from, part.to) : allPeaks()
      const count = Math.min(bucketCount, all.length)
      return Array.from({ length: count }, (_, bucket) => {
        const from = Math.floor((bucket * all.length) / count)
        const to = Math.floor(((bucket + 1) * all.length) / count)
        let loudest = 0
        for (let i = from; i < to; i++) loudest = Math.max(loudest, all[i] ?? 0)
        return Math.min(255, Math.round(loudest * gain * 255))
      })
    },
  }
}
