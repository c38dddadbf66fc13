import { beforeAll, expect, it } from 'vitest'
import { createLiveEncoder, type EncodedSegment } from '#lib/client/live/encode-live.ts'
import { sine } from '#lib/domain/audio/signals.ts'
import { inspectUpload } from './inspect-upload.ts'

const segments: EncodedSegment[] = []
let init = new Uint8Array()

beforeAll(async () => {
  const encoder = await createLiveEncoder({
    init: (bytes) => {
      init = bytes
    },
    segment: (segment) => segments.push(segment),
  })
  const signal = sine({ frequency: 440, peakInDbfs: -6, durationInMs: 2_500 })
  await encoder.add({ left: signal, right: signal })
  await encoder.finish()
})

const upload = (...parts: Uint8Array[]) => Buffer.concat(parts)
const bytesOf = (index: number) => segments[index]?.bytes ?? new Uint8Array()

it('takes what the encoder makes apart, and knows where it lies in the stream', async () => {
  const first = await inspectUpload(upload(init, bytesOf(0)))
  const second = await inspectUpload(upload(init, bytesOf(1)))
  expect(first).toMatchObject({ startInSamples: 0, durationInSamples: segments[0]?.durationInSamples })
  expect(second?.startInSamples).toBe(first?.durationInSamples)
  expect(second?.initSha256).toBe(first?.initSha256)
  expect(Buffer.compare(second?.init ?? new Uint8Array(), init)).toBe(0)
  expect(Buffer.compare(second?.segment ?? new Uint8Array(), bytesOf(1))).toBe(0)
})

it('refuses everything else', async () => {
  const noise = crypto.getRandomValues(new Uint8Array(bytesOf(0).length))
  const broken = Uint8Array.from(bytesOf(0))
  // The sound is gone, the frame of boxes is whole.
  broken.fill(0xff, broken.length - 2_000)
  const hostile = [
    upload(),
    upload(init),
    bytesOf(0),
    upload(init, noise),
    upload(init, broken),
    upload(init, bytesOf(0), bytesOf(1)),
    upload(init, init, bytesOf(0)),
    upload(init, bytesOf(0)).subarray(0, -1),
    upload(init.subarray(0, -4), bytesOf(0)),
    Buffer.from('<html>'.repeat(100)),
  ]
  for (const [i, bytes] of hostile.entries()) expect(await inspectUpload(bytes), `case ${i}`).toBeNull()
})
