import { CodedError } from '#lib/protocol/errors.ts'
import type { Limits } from '#lib/protocol/plus.ts'
import {
  firstRendition,
  type LibraryTrack,
  type Manifest,
  type RefusalCode,
  type RestStatus,
  renditionNames,
  renditions,
} from '#lib/protocol/tracks.ts'
import type { EncodedFirst } from '../track-encoder.ts'
import { createLibraryUploader, type LibraryUploader, type UploaderDeps } from './library-uploader.ts'
import { RetryableError } from './retry.ts'
import type { UploadStore } from './run-upload.ts'
import type { UploaderSnapshot, UploadView } from './upload-view.ts'

/** What everybody may where Plus is not to be had. */
export const openLimits: Limits = {
  trackMaxInMs: 90 * 60_000,
  originalMaxBytes: 200 * 1024 ** 2,
  sessionsAnHour: 10,
  renditions: [...renditionNames],
}

/**
 * A browser profile, a server and a network for tests of the uploader: the store outlives each visit, the server keeps
 * what it got, and the network fails when told to.
 */
export function createUploadWorld() {
  const files = new Map<string, Blob>()
  const server = new Map<
    string,
    {
      status: LibraryTrack['status']
      rest: RestStatus | null
      refusal: RefusalCode | null
      stored: Set<string>
      renditionsCount: number
    }
  >()
  const held = new Set<string>()
  const watchers = new Map<string, () => void>()
  const journal: string[] = []
  let encodingNow = 0
  let copyingNow = 0

  const world = {
    files,
    server,
    journal,
    held,
    mostEncodingsAtOnce: 0,
    mostCopiesAtOnce: 0,
    limits: openLimits,
    /** How the next attempts to put a file fail. */
    putFailures: 0,
    encode: async (name: string): Promise<EncodedFirst> => ({
      ok: true,
      title: name,
      artist: null,
      manifest: firstManifest,
      cut: { from: 0, to: 192_000 },
    }),
    /** Holds back the encoding of what follows the first rendition, until it resolves. */
    restGate: Promise.resolve(),
    trimmed: [] as string[],
    /** Stops uploads before a file is put, until it resolves. */
    gate: Promise.resolve(),
    visit,
    /** The worker comes to its verdict: on the first rendition, then on all. */
    settle(id: string, refusal: RefusalCode | null = null) {
      const track = server.get(id)
      if (!track) throw new Error(`the server does not know ${id}`)
      const isWhole = track.renditionsCount > 1
      if (track.status === 'published') Object.assign(track, { rest: refusal && 'refused', refusal })
      else if (refusal) Object.assign(track, { status: 'refused', refusal })
      else Object.assign(track, { status: 'published', rest: isWhole ? null : 'awaited' })
      watchers.get(id)?.()
    },
  }

  const store: UploadStore = {
    keep: async (id, path, content) => {
      world.mostCopiesAtOnce = Math.max(world.mostCopiesAtOnce, ++copyingNow)
      files.set(`${id}/${path}`, new Blob([await content.arrayBuffer()]))
      copyingNow--
      return '0'.repeat(64)
    },
    read: async (id, path) => files.get(`${id}/${path}`) ?? null,
    remove: async (id) => {
      for (const path of files.keys()) if (path.startsWith(`${id}/`)) files.delete(path)
    },
    // In no order that tells anything.
    list: async () => [...new Set([...files.keys()].map((path) => path.split('/')[0] ?? ''))].sort(),
  }

  function visit(overrides: Partial<UploaderDeps> = {}): LibraryUploader {
    return createLibraryUploader({
      isAvailable: true,
      encodesElsewhere: true,
      store,
      newId: () => crypto.randomUUID(),
      random: () => 0,
      sleep: async (durationInMs, signal) => {
        signal.throwIfAborted()
        // Waiting for news goes on for ever, so that a test fails that counts on time alone.
        if (durationInMs < 10_000) return
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      },
      withLock: async (name, work) => {
        if (held.has(name)) return false
        held.add(name)
        await work().finally(() => held.delete(name))
        return true
      },
      watchTrack: (id, onChange) => {
        watchers.set(id, onChange)
        return () => void watchers.delete(id)
      },
      encodersAtOnce: 1,
      encodeFirst: async ({ trackId, name, trimsSilence, onProgress, signal }) => {
        world.mostEncodingsAtOnce = Math.max(world.mostEncodingsAtOnce, ++encodingNow)
        journal.push(`encode ${name}`)
        if (trimsSilence) world.trimmed.push(name)
        onProgress(0.5)
        const encoded = await orAborted(world.encode(name), signal).finally(() => encodingNow--)
        if (encoded.ok) for (const path of firstPaths) files.set(`${trackId}/${path}`, new Blob([path]))
        return encoded
      },
      encodeRest: async ({ trackId, name, names, onProgress, signal }) => {
        journal.push(`encode the rest of ${name}`)
        onProgress(0.5)
        await orAborted(world.restGate, signal)
        for (const path of testPaths) files.set(`${trackId}/${path}`, new Blob([path]))
        return { ok: true, manifest: manifestOf(names) }
      },
      api: {
        limits: async () => world.limits,
        start: async ({ trackId }) => {
          const prefix = `me/${trackId}`
          const known = server.get(trackId)
          if (known) return { prefix, status: known.status }
          const stored = new Set<string>()
          server.set(trackId, { status: 'uploading', rest: null, refusal: null, stored, renditionsCount: 0 })
          return { prefix, status: 'uploading' as const }
        },
        stored: async (id) => [...(server.get(id)?.stored ?? [])].map((path) => ({ path, bytes: 1 })),
        addresses: async (id, paths) =>
          paths.map((path) =>
            server.get(id)?.stored.has(path)
              ? { path, status: 'stored' as const }
              : { path, status: 'open' as const, url: `${id}/${path}` },
          ),
        put: async (address, _, signal) => {
          await world.gate
          signal.throwIfAborted()
          if (world.putFailures > 0) {
            world.putFailures--
            throw new RetryableError('no network')
          }
          const [id = '', ...path] = address.split('/')
          journal.push(`put ${path.join('/')}`)
          server.get(id)?.stored.add(path.join('/'))
        },
        complete: async (id, manifest) => {
          const track = server.get(id)
          if (!track) throw new CodedError('not_found')
          const renditionsCount = manifest.renditions.length
          if (track.status === 'uploading') Object.assign(track, { status: 'uploaded', renditionsCount })
          else if (track.rest === 'awaited') Object.assign(track, { rest: 'uploaded', renditionsCount })
        },
        originalAddress: async (id) => (server.get(id)?.stored.has('original') ? null : `${id}/original`),
        completeOriginal: async (id, trimsSilence) => {
          journal.push(`encode ${id} elsewhere${trimsSilence ? ', trimmed' : ''}`)
        },
        find: async (id) => {
          const track = server.get(id)
          if (!track) throw new CodedError('not_found')
          const { status, rest, refusal: refusalCode } = track
          return {
            id,
            title: '',
            artist: null,
            status,
            refusalCode,
            rest,
            bpm: null,
            bpmIsEstimate: true,
            musicalKey: null,
            keyIsEstimate: true,
            isStarter: false,
            createdAt: 0,
            track: null,
          }
        },
        remove: async (id) => {
          journal.push(`remove ${id}`)
          server.delete(id)
        },
      },
      ...overrides,
    })
  }
  return world
}

const hash = 'a'.repeat(64)
export const testManifest: Manifest = {
  version: 1,
  durationInMs: 4_000,
  preRollInMs: 3_000,
  waveform: [1],
  loudness: { integratedInLufs: -14, truePeakInDbtp: -1, gainInDb: 0 },
  artwork: { path: 'artwork.webp', bytes: 10, sha256: hash },
  renditions: renditions.map(({ name, bitrate }) => ({
    name,
    bitrate,
    init: { path: `${name}/init.mp4`, bytes: 10, sha256: hash },
    segments: [1, 2, 3, 4, 5, 6].map((n) => ({
      path: `${name}/0000${n}.m4s`,
      bytes: 100,
      sha256: hash,
      durationInMs: 4_000,
    })),
  })),
}
const manifestOf = (names: readonly string[]): Manifest => ({
  ...testManifest,
  renditions: testManifest.renditions.filter(({ name }) => names.includes(name)),
})
export const firstManifest = manifestOf([firstRendition.name])
export const testPaths = pathsOf(testManifest)
export const firstPaths = pathsOf(firstManifest)

function pathsOf({ renditions: some }: Manifest): string[] {
  return some
    .flatMap(({ init, segments }) => [init.path, ...segments.map(({ path }) => path)])
    .concat('artwork.webp')
}

/** Encoders end when they are told to. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([work, aborted])
}

/** Resolves as soon as the snapshot is as wished. */
export function until(
  uploader: LibraryUploader,
  wished: (snapshot: UploaderSnapshot) => boolean,
): Promise<UploaderSnapshot> {
  return new Promise((resolve) => {
    const look = () => {
      if (!wished(uploader.getSnapshot())) return
      unsubscribe()
      resolve(uploader.getSnapshot())
    }
    const unsubscribe = uploader.subscribe(look)
    look()
  })
}

/** Resolves to the upload of this name once it is in this phase. */
export async function untilPhase(
  uploader: LibraryUploader,
  name: string,
  phase: UploadView['phase'],
): Promise<UploadView> {
  const find = ({ uploads }: UploaderSnapshot) =>
    uploads.find((upload) => upload.name === name && upload.phase === phase)
  const found = find(await until(uploader, (snapshot) => find(snapshot) !== undefined))
  if (!found) throw new Error('unreachable')
  return found
}
