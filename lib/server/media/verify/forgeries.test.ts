import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RefusalCode } from '#lib/protocol/tracks.ts'
import { ascii, box, findBox, grown, patched, replaced, u32 } from './box-surgery.ts'
import { encodeTestTrack, type TrackInHand } from './encoded-track.ts'
import { createInspector } from './inspector.ts'
import { verifyTrack } from './verify-track.ts'

let honest: TrackInHand
const inspector = createInspector()
/** Encoding takes some seconds, on a busy machine many. */
const patienceInMs = 120_000
beforeAll(async () => {
  // Long enough for a single strange segment not to show in the average.
  honest = await encodeTestTrack(20_000)
}, patienceInMs)
afterAll(() => inspector.destroy())

type Forgery = (bytes: Uint8Array, track: TrackInHand) => Uint8Array

/**
 * The verdict when a file of an honest track was exchanged and the manifest agrees with the exchange in size and hash,
 * as somebody who speaks to the API by hand would have it.
 */
async function verdictOn(path: string, forge: Forgery, claims: { durationInMs?: number } = {}) {
  const track = { manifest: structuredClone(honest.manifest), files: new Map(honest.files) }
  const bytes = forge(fileOf(track, path), track)
  track.files.set(path, bytes)
  for (const { init, segments } of track.manifest.renditions) {
    for (const file of [init, ...segments]) {
      if (file.path !== path) continue
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      Object.assign(file, { bytes: bytes.length, sha256 }, path === init.path ? {} : claims)
    }
  }
  const download = async (wanted: string) => track.files.get(wanted) ?? null
  const verdict = await verifyTrack(
    { download, inspector },
    { manifest: track.manifest, maxDurationInMs: 60_000 },
  )
  return verdict.ok ? 'ok' : verdict.code
}

function fileOf({ files }: TrackInHand, path: string): Uint8Array {
  const bytes = files.get(path)
  if (!bytes) throw new Error(`no ${path}`)
  return bytes
}

it('takes the honest track', async () => {
  expect(await verdictOn('128k/00002.m4s', (bytes) => bytes)).toBe('ok')
})

const plainConfiguration = [0x05, 0x05, 0x11, 0x90, 0x56, 0xe5, 0x00]
const configured = (first: number, second: number) => (bytes: Uint8Array) =>
  replaced(bytes, plainConfiguration, [0x05, 0x05, first, second, 0x56, 0xe5, 0x00])
const sampleEntry = 'moov/trak/mdia/minf/stbl/stsd'

describe('an initialisation segment', () => {
  it.each<[string, RefusalCode, Forgery]>([
    ['that says Opus', 'unsupported_codec', (bytes) => replaced(bytes, ascii('mp4a'), ascii('Opus'))],
    ['that says 44,100 Hz', 'unsupported_codec', (bytes) => patched(bytes, sampleEntry, 48, [0xac, 0x44])],
    ['that says mono', 'unsupported_codec', (bytes) => patched(bytes, sampleEntry, 40, [0, 1])],
    ['whose decoder is told 44,100 Hz', 'unsupported_codec', configured(0x12, 0x10)],
    ['whose decoder is told mono', 'unsupported_codec', configured(0x11, 0x88)],
    ['whose decoder is told AAC Main', 'unsupported_codec', configured(0x09, 0x90)],
    ['whose decoder is told HE-AAC', 'unsupported_codec', configured(0x29, 0x90)],
    [
      'of another clock',
      'rendition_mismatch',
      (bytes) => patched(bytes, 'moov/trak/mdia/mdhd', 20, u32(96_000)),
    ],
    ['of another track', 'segment_mismatch', (bytes) => patched(bytes, 'moov/trak/tkhd', 20, u32(2))],
    [
      'with an edit list, which would move the sound',
      'segment_mismatch',
      (bytes) => grown(bytes, 'moov/trak', box('edts', [...box('elst', [...u32(0), ...u32(0)])])),
    ],
    [
      'with a box beside',
      'segment_mismatch',
      (bytes) => grown(bytes, 'moov', box('udta', ascii('<script>'))),
    ],
    ['with something behind it', 'segment_mismatch', (bytes) => Uint8Array.from([...bytes, 1, 2, 3])],
    ['with two sample entries', 'segment_mismatch', (bytes) => patched(bytes, sampleEntry, 12, u32(2))],
    [
      'that is a segment',
      'segment_mismatch',
      (_, { files }) => (files.get('64k/00001.m4s') ?? new Uint8Array()).subarray(0, 4_000),
    ],
  ])('%s is refused: %s', async (_, code, forge) => {
    expect(await verdictOn('128k/init.mp4', forge)).toBe(code)
  })
})

describe('a segment', () => {
  const tfhd = 'moof/traf/tfhd'
  const trun = 'moof/traf/trun'
  it.each<[string, RefusalCode, Forgery]>([
    ['of a better rendition', 'rendition_mismatch', (_, track) => fileOf(track, '256k/00003.m4s')],
    ['that lies before it', 'segment_mismatch', (_, track) => fileOf(track, '64k/00002.m4s')],
    ['with bytes behind it', 'segment_mismatch', (bytes) => Uint8Array.from([...bytes, ...ascii('<html>')])],
    [
      'with a box behind it',
      'segment_mismatch',
      (bytes) => Uint8Array.from([...bytes, ...box('free', ascii('<html>'))]),
    ],
    [
      'with bytes behind its sound',
      'segment_mismatch',
      (bytes) => grown(bytes, 'mdat', new Uint8Array(5_000)),
    ],
    ['whose sound lies elsewhere', 'segment_mismatch', (bytes) => patched(bytes, trun, 16, u32(900))],
    ['with a box of 64 bits', 'segment_mismatch', (bytes) => patched(bytes, 'mdat', 0, u32(1))],
    ['with a box without an end', 'segment_mismatch', (bytes) => patched(bytes, 'mdat', 0, u32(0))],
    ['with a box of 4 GB', 'segment_mismatch', (bytes) => patched(bytes, 'mdat', 0, u32(0xffffffff))],
    ['with a box of 4 GB inside', 'segment_mismatch', (bytes) => patched(bytes, trun, 0, u32(0xffffffff))],
    ['of four billion frames', 'segment_mismatch', (bytes) => patched(bytes, trun, 12, u32(0xffffffff))],
    ['of one frame more', 'segment_mismatch', (bytes) => patched(bytes, trun, 12, u32(188))],
    ['with a frame of 4 GB', 'segment_mismatch', (bytes) => patched(bytes, trun, 24, u32(0xffffffff))],
    ['of another track', 'segment_mismatch', (bytes) => patched(bytes, tfhd, 12, u32(2))],
    ['that counts from elsewhere', 'segment_mismatch', (bytes) => patched(bytes, tfhd, 8, [0, 0, 0, 0x39])],
    ['that begins later', 'segment_mismatch', (bytes) => patched(bytes, 'moof/traf/tfdt', 12, [0, 0, 0, 1])],
    [
      'of another codec',
      'segment_mismatch',
      (bytes) => {
        const { at, size } = findBox(bytes, 'mdat')
        // Frames of Opus begin with a byte such as this one (RFC 6716, 3.1).
        return patched(bytes, 'mdat', 8, new Array(size - 8).fill(0xfc)).subarray(0, at + size)
      },
    ],
  ])('%s is refused: %s', async (_, code, forge) => {
    expect(await verdictOn('64k/00003.m4s', forge)).toBe(code)
  })

  it('of a lesser rendition is refused: the best one is promised', async () => {
    expect(await verdictOn('256k/00003.m4s', (_, track) => fileOf(track, '64k/00003.m4s'))).toBe(
      'rendition_mismatch',
    )
  })

  it.each([
    ['double', 2_048],
    ['half', 512],
  ])('whose frames claim %s their length is refused', async (_, samples) => {
    const durationInMs = Math.min(4_100, (187 * samples) / 48)
    const stretched = (bytes: Uint8Array) => patched(bytes, tfhd, 16, u32(samples))
    expect(await verdictOn('64k/00006.m4s', stretched, { durationInMs })).toBe('segment_mismatch')
  })

  it(
    'of another track is refused where it is not what was announced',
    async () => {
      const other = await encodeTestTrack(6_000)
      const files = new Map(honest.files).set('128k/00001.m4s', fileOf(other, '128k/00001.m4s'))
      const verdict = await verifyTrack(
        { download: async (path) => files.get(path) ?? null, inspector },
        { manifest: honest.manifest, maxDurationInMs: 60_000 },
      )
      expect(verdict).toMatchObject({ ok: false, code: 'segment_mismatch' })
    },
    patienceInMs,
  )
})
