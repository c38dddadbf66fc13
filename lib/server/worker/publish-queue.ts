import { PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Log } from '../log.ts'

/** The queue of uploads that wait for their verdict: each track once, whatever crashes. */
export type PublishQueue = {
  /** Puts a track in, unless it waits or is being worked on already. */
  add: (trackId: string) => Promise<void>
  stop: () => Promise<void>
}

export type PublishQueueOptions = {
  databaseUrl: string
  log: Log
  /** Settles a track. Throws where another attempt may help. */
  onTrack: (trackId: string, signal: AbortSignal) => Promise<void>
  /** Every attempt failed, or the worker died of each. */
  onGivenUp: (trackId: string) => Promise<void>
}

const publishing = 'publish-track'
const givenUp = 'publish-track-given-up'
const jobSchema = z.object({ trackId: z.uuid() })

/** How long a track of 90 minutes may take to be read, with patience for a slow Storage. */
const expireInSeconds = 15 * 60
/** A worker that died is noticed by its heartbeat, not by the expiry. */
const heartbeatSeconds = 10

export async function startPublishQueue(options: PublishQueueOptions): Promise<PublishQueue> {
  const { databaseUrl, log, onTrack, onGivenUp } = options
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'pgboss',
    application_name: 'whatssound-queue',
    max: 3,
    schedule: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  // Without a listener an error of the pool, such as a database that restarts, would end the process.
  boss.on('error', (err) => log.warn({ err }, 'the queue met an error'))
  await boss.start()

  const settings = {
    retryLimit: 4,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds,
    heartbeatSeconds,
  }
  await boss.createQueue(givenUp, settings)
  await boss.createQueue(publishing, { ...settings, policy: 'exclusive', deadLetter: givenUp })

  const workerId = await boss.work(publishing, { pollingIntervalSeconds: 2 }, async (jobs) => {
    for (const job of jobs) await onTrack(jobSchema.parse(job.data).trackId, job.signal)
  })
  await boss.work(givenUp, { pollingIntervalSeconds: 2 }, async (jobs) => {
    for (const job of jobs) await onGivenUp(jobSchema.parse(job.data).trackId)
  })

  return {
    async add(trackId) {
      const jobId = await boss.send(publishing, { trackId }, { singletonKey: trackId })
      if (jobId) boss.notifyWorker(workerId)
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
