import { createBandMeter } from '#lib/domain/audio/band-meter.ts'
import { findSound } from '#lib/domain/audio/find-sound.ts'
import type { Level } from '#lib/domain/audio/gain.ts'
import { createLoudnessMeter } from '#lib/domain/audio/loudness-meter.ts'
import { createTruePeakMeter } from '#lib/domain/audio/true-peak-meter.ts'
import { createWaveformMeter, waveformStepInSamples } from '#lib/domain/audio/waveform-meter.ts'
import { audioFormat } from '#lib/protocol/tracks.ts'
import type { Cut } from './cut-source.ts'
import { createMusicMeter, type EstimateTempo, type MusicEstimate } from './music-meter.ts'
import type { PcmSource } from './pcm.ts'

export type Analysis = {
  /** What is to be encoded. */
  cut: Cut
  level: Level
  music: MusicEstimate
  /** `bucketCount` values from 0 to 255, after the gain. */
  waveform: (bucketCount: number, gain: number) => number[]
  waveformBands: (barCount: number) => string
}

export type AnalyseOptions = {
  source: PcmSource
  /** Whether the silence before and behind the sound is left out. */
  trimsSilence: boolean
  /** Where there is nothing that can, tempos stay unknown. */
  estimateTempo: EstimateTempo | null
  onProgress: (share: number) => void
}

const stepInMs = (waveformStepInSamples * 1000) / audioFormat.sampleRate

/** Goes through a sound once and measures all that the encoding needs. */
export async function analyse(options: AnalyseOptions): Promise<Analysis> {
  const { source, trimsSilence, estimateTempo, onProgress } = options
  const loudness = createLoudnessMeter()
  const truePeak = createTruePeakMeter()
  const waveform = createWaveformMeter()
  const bands = createBandMeter(audioFormat.sampleRate)
  const music = createMusicMeter(source.durationInSamples)
  let durationInSamples = 0
  for await (const { left, right } of source.open()) {
    loudness.add(left, right)
    truePeak.add(left, right)
    waveform.add(left, right)
    bands.add(left, right)
    music.add(left, right)
    durationInSamples += left.length
    onProgress(Math.min(1, durationInSamples / source.durationInSamples))
  }
  const peaks = waveform.peaks()
  const part = trimsSilence ? findSound(peaks, stepInMs) : { from: 0, to: peaks.length }
  const cut = {
    from: part.from * waveformStepInSamples,
    to: Math.min(part.to * waveformStepInSamples, durationInSamples),
  }
  return {
    cut,
    level: { integratedInLufs: loudness.integratedInLufs(), truePeak: truePeak.peak() },
    music: music.estimate(estimateTempo),
    waveform: (bucketCount, gain) => waveform.buckets(bucketCount, gain, part),
    waveformBands: (barCount) => bands.bands(barCount, cut),
  }
}
