import { expect, it, vi } from 'vitest'
import { sine } from '#lib/domain/audio/signals.ts'
import { type Manifest, manifestSchema, type Rendition, renditionNames } from '#lib/protocol/tracks.ts'
import type { EncodedFile } from './encode-rendition.ts'
import { encodeFirst, encodeRest, encodeTrack } from './encode-track.ts'
import { pcmFromMemory } from './pcm.ts'
import { sha256 } from './sha256.ts'

// Encoding takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

async function encode(signal: Float32Array) {
  const files = new Map<string, EncodedFile>()
  const progress: number[] = []
  const manifest = await encodeTrack({
    source: pcmFromMemory({ left: signal, right: signal }),
    artwork: null,
    names: renditionNames,
    onFile: async (file) => void files.set(file.path, file),
    onProgress: (share) => progress.push(share),
  })
  return { manifest, files, progress }
}

it('makes three renditions of equal length, described by a valid manifest', async () => {
  const { manifest, files, progress } = await encode(
    sine({ frequency: 440, peakInDbfs: -20, durationInMs: 6_000 }),
  )
  expect(manifestSchema.parse(manifest)).toEqual(manifest)
  expect(manifest.durationInMs).toBe(6_000)
  expect(manifest.renditions.map((rendition) => rendition.name)).toEqual(['64k', '128k', '256k'])

  const described = manifest.renditions.flatMap((rendition) => [rendition.init, ...rendition.segments])
  expect(new Set(described.map((file) => file.path))).toEqual(new Set(files.keys()))
  for (const file of described) {
    const bytes = files.get(file.path)?.bytes ?? new Uint8Array()
    expect({ bytes: bytes.length, sha256: await sha256(bytes) }).toEqual({
      bytes: file.bytes,
      sha256: file.sha256,
    })
  }
  const totals = manifest.renditions.map(({ segments }) =>
    segments.reduce((sum, { durationInMs }) => sum + durationInMs, 0),
  )
  expect(new Set(totals.map(Math.round)).size).toBe(1)
  expect(totals[0]).toBeGreaterThanOrEqual(manifest.preRollInMs + manifest.durationInMs)
  expect(totals[0]).toBeLessThan(manifest.preRollInMs + manifest.durationInMs + 50)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  expect(progress.at(-1)).toBe(1)
})

it('brings the loudness towards the target', async () => {
  const { manifest } = await encode(sine({ frequency: 1_000, peakInDbfs: -23, durationInMs: 2_000 }))
  expect(manifest.loudness.integratedInLufs).toBeCloseTo(-23, 1)
  expect(manifest.loudness.gainInDb).toBeCloseTo(9, 1)
})

it('encodes silence', async () => {
  const { manifest } = await encode(new Float32Array(48_000))
  expect(manifest.loudness).toEqual({ integratedInLufs: null, truePeakInDbtp: null, gainInDb: 0 })
  expect(Math.max(...manifest.waveform)).toBe(0)
})

const nothing = { artwork: null, onProgress: () => {}, onFile: async () => {} }

it('makes one rendition first, and the others of the same sound later, as in one go', async () => {
  const tone = sine({ frequency: 440, peakInDbfs: -20, durationInMs: 5_000 })
  const source = pcmFromMemory({ left: tone, right: tone })
  const first = await encodeFirst({ source, ...nothing })
  expect(manifestSchema.parse(first.manifest)).toEqual(first.manifest)
  expect(first.manifest.renditions.map(({ name }) => name)).toEqual(['128k'])
  const files: string[] = []
  const onFile = async ({ path }: EncodedFile) => void files.push(path)
  const whole = await encodeRest({ source, first, names: renditionNames, onFile, onProgress: () => {} })
  expect(files.filter((path) => path.startsWith('128k'))).toEqual([])
  const inOneGo = await encode(tone)
  // The headers tell when they were made.
  expect(segmentsOf(whole)).toEqual(segmentsOf(inOneGo.manifest))
  expect(whole.durationInMs).toBe(inOneGo.manifest.durationInMs)
})

it('makes no better one than the track is to have', async () => {
  const tone = sine({ frequency: 440, peakInDbfs: -20, durationInMs: 1_000 })
  const source = pcmFromMemory({ left: tone, right: tone })
  const first = await encodeFirst({ source, ...nothing })
  const { renditions } = await encodeRest({ source, first, names: ['64k', '128k'], ...nothing })
  expect(renditions.map(({ name }) => name)).toEqual(['64k', '128k'])
})

it('leaves silence out where that is asked for, and only there', async () => {
  const tone = sine({ frequency: 440, peakInDbfs: -20, durationInMs: 2_000 })
  const padded = new Float32Array(48_000 * 6)
  padded.set(tone, 48_000)
  const source = pcmFromMemory({ left: padded, right: padded })
  const first = await encodeFirst({ source, ...nothing, trimsSilence: true })
  expect(first.cut).toEqual({ from: 47_040, to: 48_000 * 3 + 14_400 })
  expect(first.manifest.durationInMs).toBe(2_320)
  expect(first.manifest.waveform[3]).toBeGreaterThan(0)
  const whole = await encodeRest({ source, first, names: renditionNames, ...nothing })
  const totals = whole.renditions.map(({ segments }) =>
    Math.round(segments.reduce((sum, { durationInMs }) => sum + durationInMs, 0)),
  )
  expect(new Set(totals).size).toBe(1)
  expect(totals[0]).toBeLessThan(3_000 + 2_320 + 50)
  expect((await encodeFirst({ source, ...nothing })).manifest.durationInMs).toBe(6_000)
})

it('asks for the tempo of the middle of it, and says what it was told', async () => {
  const tone = sine({ frequency: 440, peakInDbfs: -20, durationInMs: 4_000 })
  const asked: [number, number][] = []
  const estimateTempo = (mono: Float32Array, sampleRate: number) => {
    asked.push([mono.length, sampleRate])
    return 124.5
  }
  const source = pcmFromMemory({ left: tone, right: tone })
  const { manifest } = await encodeFirst({ source, ...nothing, estimateTempo })
  expect(asked).toEqual([[48_000, 12_000]])
  expect(manifest.bpm).toBe(124.5)
})

function segmentsOf({ renditions }: Manifest): Rendition['segments'][] {
  return renditions.map(({ segments }) => segments)
}
