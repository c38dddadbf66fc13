import type { WorkerEnv } from '#lib/env/server.ts'
import type { Log } from '../log.ts'
import { repeat } from '../worker/repeat.ts'
import type { WorkerDatabase } from '../worker/worker-database.ts'
import { askReceipts, deliverNotifications } from './deliver.ts'
import { createDeliverDeps, vapidKeysOf } from './deliver-deps.ts'

/** Retries, and what quiet hours held back, are due by the clock; the rest is told by the database. */
const lookIntervalInMs = 5_000
const receiptIntervalInMs = 60_000
const tidyIntervalInMs = 60 * 60_000

/** Tells people what they want to know, until the signal; resolves once it listens, with what goes on until then. */
export async function startPushing(options: {
  env: WorkerEnv
  database: WorkerDatabase
  log: Log
  signal: AbortSignal
}): Promise<Promise<void>[]> {
  const { env, database, log, signal } = options
  if (!vapidKeysOf(env))
    log.info('Web Push is off: VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY and VAPID_SUBJECT are not set')
  const deps = createDeliverDeps(env, log)
  const deliver = () => deliverNotifications(deps)
  const deliverNow = () =>
    void deliver().catch((err: unknown) => log.warn({ err }, 'notifications wait for the next look'))
  await database.listen('notification_queued', deliverNow, deliverNow)
  const every = (name: string, intervalInMs: number, action: () => Promise<unknown>) =>
    repeat({ name, intervalInMs, log, signal }, action)
  return [
    every('deliver notifications', lookIntervalInMs, deliver),
    every('ask receipts', receiptIntervalInMs, () => askReceipts(deps)),
    every('tidy notifications', tidyIntervalInMs, database.tidyNotifications),
  ]
}
