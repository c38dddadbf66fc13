import { plusMode, type WorkerEnv } from '#lib/env/server.ts'
import { serviceDb } from '../db/clients.ts'
import type { Log } from '../log.ts'
import { createMediaStorage } from '../media/media-storage.ts'
import { createOriginalsStorage } from '../media/originals/originals-storage.ts'
import { publishTrack } from '../media/publish-track.ts'
import { createInspector } from '../media/verify/inspector.ts'
import { lookUpDuePeople } from '../plus/look-up-due-people.ts'
import { startPushing } from '../push/start-pushing.ts'
import { createRevenueCatAccess } from '../revenuecat/revenuecat-access.ts'
import { createStripeAccess } from '../stripe/stripe-access.ts'
import { lookUpDueTips } from '../tips/look-up-due-tips.ts'
import { addStarterTracks } from './add-starter-tracks.ts'
import { startJobs } from './jobs.ts'
import { openOriginalsQueue } from './open-originals-queue.ts'
import { repeat } from './repeat.ts'
import { createWorkerDatabase } from './worker-database.ts'

export type RunningWorker = { stop: () => Promise<void> }

/** How long a track of four hours may take to be read, with patience for a slow Storage. */
const publishWithinSeconds = 40 * 60

/**
 * Starts all that happens without anybody asking for it: uploads are verified and published, originals encoded, sessions
 * move on, quiet rooms are pinged, folders of deleted tracks are emptied, people are notified, tips and Plus of which nobody
 * hears are looked up, the starter tracks are made. Resolves when it runs.
 */
export async function runWorker(env: WorkerEnv, log: Log): Promise<RunningWorker> {
  const ending = new AbortController()
  const { signal } = ending
  const database = createWorkerDatabase(env.SUPABASE_DB_URL)
  const storage = createMediaStorage(serviceDb(env))
  const originals = createOriginalsStorage(serviceDb(env))
  const inspector = createInspector()
  await database.setUpPlans({ plus: plusMode(env), trackMaxInMs: Math.round(env.MAX_TRACK_MINUTES * 60_000) })

  const jobs = await startJobs({ databaseUrl: env.SUPABASE_DB_URL, log })
  const queue = await jobs.openQueue({
    name: 'publish-track',
    expireInSeconds: publishWithinSeconds,
    async onTrack(trackId, jobSignal) {
      const startedAt = performance.now()
      const outcome = await publishTrack(
        {
          ...database,
          storage,
          inspector,
          signal: AbortSignal.any([signal, jobSignal]),
        },
        trackId,
      )
      log.info({ trackId, outcome, tookInMs: Math.round(performance.now() - startedAt) }, 'upload settled')
    },
    async onGivenUp(trackId) {
      log.error({ trackId }, 'upload given up')
      if (await database.findUploadedTrack(trackId))
        await database.refuse(trackId, 'internal', 'every attempt failed')
    },
  })
  const enqueueUploaded = async () => {
    for (const trackId of await database.listUploadedTracks()) await queue.add(trackId)
  }
  const originalsQueue = await openOriginalsQueue({ log, jobs, database, storage, originals, signal })
  const enqueueOriginals = async () => {
    for (const trackId of await database.listOriginals()) await originalsQueue?.add(trackId)
  }
  const emptyFolder = async ({ trackId, folder }: { trackId: string; folder: string }) => {
    await storage.removeFolder(folder)
    await originals.remove(folder)
    await database.forgetDeletedTrack(trackId)
  }
  const emptyFolders = async () => {
    for (const deleted of await database.listDeletedTracks()) await emptyFolder(deleted)
  }
  const attempt = (name: string, action: () => Promise<unknown>) => () =>
    void action().catch((err: unknown) => log.warn({ task: name, err }, 'fails; the next sweep tries again'))

  await database.listen(
    'track_uploaded',
    (trackId) => attempt('enqueue', () => queue.add(trackId))(),
    attempt('enqueue', enqueueUploaded),
  )
  await database.listen(
    'original_uploaded',
    (trackId) => attempt('enqueue originals', async () => originalsQueue?.add(trackId))(),
    attempt('enqueue originals', enqueueOriginals),
  )
  await database.listen('track_deleted', attempt('empty folders', emptyFolders), () => {})

  const stripe = createStripeAccess(env)
  const lookUpTips = async () => {
    // What is told goes over Realtime: nobody reads in this process.
    if (stripe) await lookUpDueTips({ access: stripe, service: serviceDb(env), tell: () => {} })
  }
  const revenuecat = createRevenueCatAccess(env)
  const lookUpPlus = async () => {
    if (revenuecat) await lookUpDuePeople({ access: revenuecat, service: serviceDb(env) })
  }

  const every = (name: string, intervalInMs: number, action: () => Promise<unknown>) =>
    repeat({ name, intervalInMs, log, signal }, action)
  const tasks = [
    every('enqueue', 30_000, enqueueUploaded),
    every('enqueue originals', 30_000, enqueueOriginals),
    every('advance sessions', 1_000, database.advanceDueSessions),
    every('ping sessions', 10_000, database.pingSessions),
    every('sweep live', 10_000, database.sweepLive),
    every('tidy up', 60 * 60_000, database.tidyUp),
    every('empty folders', 10 * 60_000, emptyFolders),
    every('look tips up', 60_000, lookUpTips),
    every('look Plus up', 60_000, lookUpPlus),
    ...(await startPushing({ env, database, log, signal })),
    addStarterTracks({ database, storage, inspector, log, signal }),
  ]

  return {
    async stop() {
      ending.abort()
      await Promise.allSettled([jobs.stop(), ...tasks])
      inspector.destroy()
      await database.end()
    },
  }
}
