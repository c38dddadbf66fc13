import type { Level } from '#lib/domain/audio/gain.ts'
import { createLoudnessMeter } from '#lib/domain/audio/loudness-meter.ts'
import { createTruePeakMeter } from '#lib/domain/audio/true-peak-meter.ts'
import { createWaveformMeter, type WaveformMeter } from '#lib/domain/audio/waveform-meter.ts'
import type { PcmSource } from './pcm.ts'

export type Analysis = { durationInSamples: number; level: Level; waveform: WaveformMeter }

/** Goes through a sound once and measures all that the encoding needs. */
export async function analyse(source: PcmSource, onProgress: (share: number) => void): Promise<Analysis> {
  const loudness = createLoudnessMeter()
  const truePeak = createTruePeakMeter()
  const waveform = createWaveformMeter()
  let durationInSamples = 0
  for await (const { left, right } of source.open()) {
    loudness.add(left, right)
    truePeak.add(left, right)
    waveform.add(left, right)
    durationInSamples += left.length
    onProgress(Math.min(1, durationInSamples / source.durationInSamples))
  }
  return {
    durationInSamples,
    level: { integratedInLufs: loudness.integratedInLufs(), truePeak: truePeak.peak() },
    waveform,
  }
}
