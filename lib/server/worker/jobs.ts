import { PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Log } from '../log.ts'

/** Tracks that wait for something to be done with them: each once, one at a time, whatever crashes. */
export type TrackQueue = {
  /** Puts a track in, unless it waits or is being worked on already. */
  add: (trackId: string) => Promise<void>
}

export type TrackQueueOptions = {
  name: string
  /** How long one may take; what is still at it then is tried again. */
  expireInSeconds: number
  /** Throws where another attempt may help. */
  onTrack: (trackId: string, signal: AbortSignal) => Promise<void>
  /** Every attempt failed, or the worker died of each. */
  onGivenUp: (trackId: string) => Promise<void>
}

export type Jobs = {
  openQueue: (options: TrackQueueOptions) => Promise<TrackQueue>
  stop: () => Promise<void>
}

const jobSchema = z.object({ trackId: z.uuid() })

/** A worker that died is noticed by its heartbeat, not by the expiry. */
const heartbeatSeconds = 10

export async function startJobs({ databaseUrl, log }: { databaseUrl: string; log: Log }): Promise<Jobs> {
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

  return {
    async openQueue({ name, expireInSeconds, onTrack, onGivenUp }) {
      const givenUp = `${name}-given-up`
      const settings = {
        retryLimit: 4,
        retryDelay: 2,
        retryBackoff: true,
        retryDelayMax: 60,
        expireInSeconds,
        heartbeatSeconds,
      }
      await boss.createQueue(givenUp, settings)
      await boss.createQueue(name, { ...settings, policy: 'exclusive', deadLetter: givenUp })
      const workerId = await boss.work(name, { pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const job of jobs) await onTrack(jobSchema.parse(job.data).trackId, job.signal)
      })
      await boss.work(givenUp, { pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const job of jobs) await onGivenUp(jobSchema.parse(job.data).trackId)
      })
      return {
        async add(trackId) {
          const jobId = await boss.send(name, { trackId }, { singletonKey: trackId })
          if (jobId) boss.notifyWorker(workerId)
        },
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
