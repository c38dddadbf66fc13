import { afterAll, beforeAll, expect, it } from 'vitest'
import type { VerifiedTrack } from '#lib/protocol/tracks.ts'
import type { MediaStorage } from './media-storage.ts'
import { publishTrack, type UploadedTrack } from './publish-track.ts'
import { encodeTestTrack, type TrackInHand } from './verify/encoded-track.ts'
import { createInspector } from './verify/inspector.ts'

const inspector = createInspector()
const folder = 'tracks/owner/track'
let track: TrackInHand
/** Encoding takes a second, on a busy machine many. */
const patienceInMs = 60_000
beforeAll(async () => {
  track = await encodeTestTrack(2_000)
}, patienceInMs)
afterAll(() => inspector.destroy())

/** Storage and database as far as publishing sees them. */
function createWorld() {
  const stored = new Map<string, Uint8Array | string>()
  for (const [path, bytes] of track.files) stored.set(`${folder}/${path}`, bytes)
  const storage: MediaStorage = {
    download: async (path) => (stored.get(path) as Uint8Array | undefined) ?? null,
    write: async (path, content) => void stored.set(path, content),
    list: async () => [],
    removeFolder: async () => {},
  }
  const published: VerifiedTrack[] = []
  const refused: string[] = []
  const deps = {
    storage,
    inspector,
    findUploadedTrack: async (): Promise<UploadedTrack | null> => ({
      folder,
      manifest: track.manifest,
      publishedDurationInMs: null,
      maxDurationInMs: 60_000,
    }),
    publish: async (_: string, verified: VerifiedTrack) => void published.push(verified),
    refuse: async (_: string, code: string) => void refused.push(code),
  }
  return { stored, published, refused, deps }
}

it('publishes what was verified, with playlists that name nothing else', async () => {
  const { stored, published, refused, deps } = createWorld()
  stored.set(`${folder}/128k/00099.m4s`, new TextEncoder().encode('put here by hand'))
  expect(await publishTrack(deps, 'track')).toBe('published')
  expect(refused).toEqual([])
  expect(published).toMatchObject([
    { durationInMs: 2_000, preRollInMs: 3_000, playlistPath: `${folder}/master.m3u8`, artworkPath: null },
  ])
  const playlists = [...stored].filter(([path]) => path.endsWith('.m3u8')).map(([, text]) => text)
  expect(playlists).toHaveLength(4)
  expect(playlists.join()).not.toContain('00099')
})

it('lets nobody have longer tracks than their plan allows', async () => {
  const { refused, deps } = createWorld()
  const findUploadedTrack = async () => {
    const uploaded = await deps.findUploadedTrack()
    return uploaded && { ...uploaded, maxDurationInMs: 1_999 }
  }
  expect(await publishTrack({ ...deps, findUploadedTrack }, 'track')).toBe('too_long')
  expect(refused).toEqual(['too_long'])
})

it('may be repeated, and comes to the same', async () => {
  const { stored, published, deps } = createWorld()
  await publishTrack(deps, 'track')
  const first = new Map(stored)
  await publishTrack(deps, 'track')
  expect(stored).toEqual(first)
  expect(published[1]).toEqual(published[0])
})

it('refuses with the reason, and writes no playlist', async () => {
  const { stored, published, refused, deps } = createWorld()
  stored.delete(`${folder}/64k/00001.m4s`)
  expect(await publishTrack(deps, 'track')).toBe('segment_missing')
  expect(refused).toEqual(['segment_missing'])
  expect(published).toEqual([])
  expect([...stored.keys()].some((path) => path.endsWith('.m3u8'))).toBe(false)
})

it('publishes the first rendition, then all of them in its place', async () => {
  const { stored, published, deps } = createWorld()
  const firstAlone = { ...track.manifest, renditions: track.manifest.renditions.slice(1, 2) }
  const uploaded = (manifest: unknown, publishedDurationInMs: number | null) => async () => ({
    folder,
    manifest,
    publishedDurationInMs,
    maxDurationInMs: 60_000,
  })
  const findFirst = uploaded(firstAlone, null)
  expect(await publishTrack({ ...deps, findUploadedTrack: findFirst }, 'track')).toBe('published')
  const master = `${folder}/master.m3u8`
  expect(stored.get(master)).not.toContain('256k/index.m3u8')
  const playlistOfFirst = stored.get(`${folder}/128k/index.m3u8`)

  const findAll = uploaded(track.manifest, 2_000)
  expect(await publishTrack({ ...deps, findUploadedTrack: findAll }, 'track')).toBe('published')
  expect(stored.get(master)).toContain('256k/index.m3u8')
  // Who plays the first goes on undisturbed.
  expect(stored.get(`${folder}/128k/index.m3u8`)).toBe(playlistOfFirst)
  expect(published.map(({ isWhole, renditions }) => [isWhole, renditions.length])).toEqual([
    [false, 1],
    [true, 3],
  ])
})

it('adds nothing to a published track that is not of it', async () => {
  const { stored, refused, deps } = createWorld()
  const uploaded = { folder, manifest: track.manifest, maxDurationInMs: 60_000 }
  const findOther = async () => ({ ...uploaded, publishedDurationInMs: 200_000 })
  expect(await publishTrack({ ...deps, findUploadedTrack: findOther }, 'track')).toBe('rendition_mismatch')
  const firstAgain = { ...track.manifest, renditions: track.manifest.renditions.slice(1, 2) }
  const findFirst = async () => ({ ...uploaded, manifest: firstAgain, publishedDurationInMs: 2_000 })
  expect(await publishTrack({ ...deps, findUploadedTrack: findFirst }, 'track')).toBe('rendition_mismatch')
  expect(refused).toHaveLength(2)
  expect([...stored.keys()].some((path) => path.endsWith('.m3u8'))).toBe(false)
})

it('does nothing for a track that is gone or settled', async () => {
  const { refused, published, deps } = createWorld()
  expect(await publishTrack({ ...deps, findUploadedTrack: async () => null }, 'track')).toBe('gone')
  expect([refused, published]).toEqual([[], []])
})

it('leaves the verdict open while Storage does not answer', async () => {
  const { refused, published, deps } = createWorld()
  const download = async () => {
    throw new Error('no answer')
  }
  await expect(publishTrack({ ...deps, storage: { ...deps.storage, download } }, 'track')).rejects.toThrow(
    'no answer',
  )
  expect([refused, published]).toEqual([[], []])
})
