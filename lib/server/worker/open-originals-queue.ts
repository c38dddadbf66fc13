import type { Log } from '../log.ts'
import type { MediaStorage } from '../media/media-storage.ts'
import { encodeOriginal } from '../media/originals/encode-original.ts'
import { ffmpegVariable, findFfmpeg } from '../media/originals/find-ffmpeg.ts'
import type { OriginalsStorage } from '../media/originals/originals-storage.ts'
import type { Jobs, TrackQueue } from './jobs.ts'
import type { WorkerDatabase } from './worker-database.ts'

export type OriginalsQueueDeps = {
  log: Log
  jobs: Jobs
  database: WorkerDatabase
  storage: MediaStorage
  originals: OriginalsStorage
  signal: AbortSignal
}

/** An hour and a half of encoding, and what it takes to read and to write. */
const expireInSeconds = 110 * 60

/** The queue of originals that are encoded here; null, and said so, where there is nothing that could decode them. */
export async function openOriginalsQueue(deps: OriginalsQueueDeps): Promise<TrackQueue | null> {
  const { log, jobs, database, storage, originals, signal } = deps
  const ffmpeg = findFfmpeg(process.env)
  if (!ffmpeg) {
    const named = process.env[ffmpegVariable]
    const why = named
      ? `${ffmpegVariable} names no program`
      : `no ffmpeg on the PATH; ${ffmpegVariable} names one`
    log.info({ named }, `encoding of originals is off: ${why}`)
    return null
  }
  log.info({ ffmpeg }, 'encoding of originals is on')
  return jobs.openQueue({
    name: 'encode-original',
    expireInSeconds,
    async onTrack(trackId, jobSignal) {
      const startedAt = performance.now()
      const outcome = await encodeOriginal(
        {
          ...database,
          ffmpeg,
          originals,
          storage,
          signal: AbortSignal.any([signal, jobSignal]),
        },
        trackId,
      )
      log.info({ trackId, outcome, tookInMs: Math.round(performance.now() - startedAt) }, 'original settled')
    },
    async onGivenUp(trackId) {
      log.error({ trackId }, 'original given up')
      const original = await database.findOriginal(trackId)
      if (!original) return
      await database.refuse(trackId, 'internal', 'every attempt failed')
      await originals.remove(original.folder)
    },
  })
}
