import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import { encodeApart } from '../media/encode-apart.ts'
import { type MediaStorage, trackFolder } from '../media/media-storage.ts'
import { publishFiles } from '../media/publish-files.ts'
import type { Inspector } from '../media/verify/inspector.ts'
import { verifyTrack } from '../media/verify/verify-track.ts'
import { type StarterTrack, starterTracks } from '../starter-tracks/starter-tracks.ts'
import type { WorkerDatabase } from './worker-database.ts'

export type StarterTracksDeps = {
  database: Pick<WorkerDatabase, 'hasStarterTrack' | 'upsertStarterTrack'>
  storage: MediaStorage
  inspector: Inspector
  log: Log
  signal: AbortSignal
}

const retryIntervalInMs = 30_000
const script = fileURLToPath(new URL('../starter-tracks/render-child.ts', import.meta.url))

/** Makes the starter tracks that are not there yet, one after the other, until all are there. */
export async function addStarterTracks(deps: StarterTracksDeps): Promise<void> {
  const { log, signal } = deps
  const missing = new Set(starterTracks)
  while (missing.size > 0 && !signal.aborted) {
    for (const track of missing) {
      try {
        await addStarterTrack(deps, track)
        missing.delete(track)
      } catch (err) {
        if (signal.aborted) return
        log.error({ trackId: track.id, err }, 'starter track failed; trying again later')
      }
    }
    if (missing.size > 0) await delay(retryIntervalInMs, undefined, { signal }).catch(() => undefined)
  }
}

/** A starter track goes the way of every upload: stored, read back, verified, published. */
async function addStarterTrack(deps: StarterTracksDeps, { id, title, artist }: StarterTrack): Promise<void> {
  const { database, storage, inspector, log, signal } = deps
  if (await database.hasStarterTrack(id)) return
  const startedAt = performance.now()
  const folder = trackFolder(null, id)
  const manifest = await encodeApart({
    script,
    args: [id],
    onFile: (path, bytes) => storage.write(`${folder}/${path}`, bytes, 'audio/mp4'),
    signal,
  })
  const verdict = await verifyTrack(
    { inspector, signal, download: (path, maxBytes) => storage.download(`${folder}/${path}`, maxBytes) },
    { manifest, maxDurationInMs: manifest.durationInMs },
  )
  if (!verdict.ok) throw new Error(`${verdict.code}: ${verdict.detail}`)
  const verified = await publishFiles(storage, { folder, media: verdict.media })
  await database.upsertStarterTrack({ trackId: id, title, artist, verified })
  log.info(
    { trackId: id, title, tookInMs: Math.round(performance.now() - startedAt) },
    'starter track published',
  )
}
