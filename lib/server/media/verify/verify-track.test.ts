import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Manifest } from '#lib/protocol/tracks.ts'
import { encodeTestTrack, type TrackInHand } from './encoded-track.ts'
import { createInspector } from './inspector.ts'
import { verifyTrack } from './verify-track.ts'

let honest: TrackInHand
const inspector = createInspector()
/** Encoding takes a second, on a busy machine many. */
const patienceInMs = 60_000
beforeAll(async () => {
  honest = await encodeTestTrack()
}, patienceInMs)
afterAll(() => inspector.destroy())

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What the worker answers when Storage and the manifest are as `tamper` left them. */
async function verdictOn(tamper: (track: TrackInHand) => void, maxDurationInMs = 60_000) {
  const track = { manifest: structuredClone(honest.manifest), files: new Map(honest.files) }
  tamper(track)
  const download = async (path: string, maxBytes: number) => {
    const bytes = track.files.get(path)
    if (!bytes) return null
    return bytes.length > maxBytes ? ('too_large' as const) : bytes
  }
  const verdict = await verifyTrack({ download, inspector }, { manifest: track.manifest, maxDurationInMs })
  return verdict.ok ? 'ok' : verdict.code
}

/** Puts other bytes in a segment's place and announces them honestly, as somebody who forges both would. */
function forge(track: TrackInHand, rendition: number, segment: number, bytes: Uint8Array) {
  const file = track.manifest.renditions[rendition]?.segments[segment]
  if (!file) throw new Error('no such segment')
  Object.assign(file, { bytes: bytes.length, sha256: sha256(bytes) })
  track.files.set(file.path, bytes)
}
const set = (target: object, values: object) => void Object.assign(target, values)
const bytesAt = (track: TrackInHand, path: string) => Uint8Array.from(track.files.get(path) ?? [])
const renditionAt = (manifest: Manifest, index: number) => {
  const rendition = manifest.renditions[index]
  if (!rendition) throw new Error('no such rendition')
  return rendition
}

it('takes what an honest browser made', async () => {
  expect(await verdictOn(() => {})).toBe('ok')
})

it('misses a segment that was never uploaded', async () => {
  expect(await verdictOn(({ files }) => void files.delete('128k/00002.m4s'))).toBe('segment_missing')
})

it('notices bytes that are not what was announced', async () => {
  expect(
    await verdictOn((track) => {
      const bytes = bytesAt(track, '64k/00001.m4s')
      bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1
      track.files.set('64k/00001.m4s', bytes)
    }),
  ).toBe('segment_mismatch')
})

it('notices noise in the place of sound, though size and hash are right', async () => {
  expect(
    await verdictOn((track) => {
      const bytes = bytesAt(track, '256k/00001.m4s')
      const sound = bytes.length - 40_000
      for (let i = Math.max(1_000, sound); i < bytes.length; i++) bytes[i] = (i * 2_654_435_761) >>> 24
      forge(track, 2, 0, bytes)
    }),
  ).toBe('segment_mismatch')
})

it.each([
  ['nothing', new Uint8Array(1)],
  ['text', new TextEncoder().encode('<html><script>alert(1)</script>'.repeat(100))],
  ['a box that claims four gigabytes', Uint8Array.from([255, 255, 255, 255, 109, 111, 111, 102, 0, 0, 0, 0])],
  ['zeros', new Uint8Array(20_000)],
])('refuses %s as a segment', async (_, bytes) => {
  expect(await verdictOn((track) => forge(track, 1, 0, bytes))).toBe('segment_mismatch')
})

it('refuses an initialisation segment that is none, and the next track still passes', async () => {
  expect(
    await verdictOn((track) => {
      const bytes = new TextEncoder().encode('not an mp4 at all')
      Object.assign(renditionAt(track.manifest, 0).init, { bytes: bytes.length, sha256: sha256(bytes) })
      track.files.set('64k/init.mp4', bytes)
    }),
  ).toBe('segment_mismatch')
  expect(await verdictOn(() => {})).toBe('ok')
})

it('takes a track without the best rendition, and not without another', async () => {
  expect(await verdictOn(({ manifest }) => void manifest.renditions.pop())).toBe('ok')
  expect(await verdictOn(({ manifest }) => void manifest.renditions.shift())).toBe('rendition_mismatch')
})

it('refuses segments in another order', async () => {
  expect(
    await verdictOn((track) => {
      const [first, second] = [bytesAt(track, '64k/00001.m4s'), bytesAt(track, '64k/00002.m4s')]
      forge(track, 0, 0, second)
      forge(track, 0, 1, first)
    }),
  ).toBe('segment_mismatch')
})

it('refuses a rendition of another bitrate than its name says', async () => {
  expect(
    await verdictOn((track) => {
      const [low, , high] = track.manifest.renditions
      if (!low || !high) return
      for (const [i, segment] of high.segments.entries()) forge(track, 0, i, bytesAt(track, segment.path))
    }),
  ).toBe('rendition_mismatch')
})

it.each<[string, (track: TrackInHand) => void]>([
  ['two renditions, not one of them the first', ({ manifest }) => void manifest.renditions.splice(1, 1)],
  ['a rendition twice', ({ manifest }) => void manifest.renditions.splice(0, 1, renditionAt(manifest, 1))],
  ['a shorter rendition', ({ manifest }) => void renditionAt(manifest, 1).segments.pop()],
  ['another pre-roll', ({ manifest }) => set(manifest, { preRollInMs: 0 })],
  [
    'more music than there is',
    ({ manifest }) => set(manifest, { durationInMs: manifest.durationInMs + 2_000 }),
  ],
  [
    'less music than there is',
    ({ manifest }) => set(manifest, { durationInMs: manifest.durationInMs - 2_000 }),
  ],
  ['a path outside', ({ manifest }) => set(renditionAt(manifest, 0).init, { path: '../../other/init.mp4' })],
  [
    'a path of another rendition',
    ({ manifest }) => set(renditionAt(manifest, 0).init, { path: '128k/init.mp4' }),
  ],
  ['a key too many', ({ manifest }) => set(manifest, { extra: 1 })],
  ['no manifest', (track) => set(track, { manifest: null })],
])('refuses a manifest with %s', async (_, tamper) => {
  expect(await verdictOn(tamper)).toBe('rendition_mismatch')
})

it('refuses what is longer than allowed', async () => {
  expect(await verdictOn(() => {}, 5_000)).toBe('too_long')
})

it('does not download more than a segment may have', async () => {
  expect(await verdictOn((track) => forge(track, 2, 0, new Uint8Array(600_000)))).toBe('too_large')
})

it('leaves out a picture that is none, and publishes the music', async () => {
  const html = new TextEncoder().encode('<svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>')
  const verdict = await verifyTrack(
    {
      inspector,
      download: async (path) => (path === 'artwork.webp' ? html : (honest.files.get(path) ?? null)),
    },
    {
      manifest: {
        ...honest.manifest,
        artwork: { path: 'artwork.webp', bytes: html.length, sha256: sha256(html) },
      },
      maxDurationInMs: 60_000,
    },
  )
  expect(verdict).toMatchObject({ ok: true, media: { hasArtwork: false } })
})
