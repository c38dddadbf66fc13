import { expect, it } from 'vitest'
import { sine } from '#lib/domain/audio/signals.ts'
import { manifestSchema } from '#lib/protocol/tracks.ts'
import type { EncodedFile } from './encode-rendition.ts'
import { encodeTrack } from './encode-track.ts'
import { pcmFromMemory } from './pcm.ts'
import { sha256 } from './sha256.ts'

async function encode(signal: Float32Array) {
  const files = new Map<string, EncodedFile>()
  const progress: number[] = []
  const manifest = await encodeTrack({
    source: pcmFromMemory({ left: signal, right: signal }),
    artwork: null,
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
