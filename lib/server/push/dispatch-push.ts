import type { ServerEnv } from '#lib/env/server.ts'
import { answerWebhook } from '../http/answer-webhook.ts'
import { readBytes } from '../http/read-json-body.ts'
import { requireTriggerSecret, triggerBodyMaxBytes } from '../http/require-trigger-secret.ts'
import type { Log } from '../log.ts'
import { askReceipts, deliverClaim } from './deliver.ts'
import { createDeliverDeps } from './deliver-deps.ts'

/**
 * Sends one claim of what is due, and says what became of it; what is left waits for the next call. Whoever has a scheduler
 * calls it: the worker does the same by itself, and the two never send the same thing.
 */
export function dispatchPush(openEnv: () => ServerEnv, log: Log, request: Request): Promise<Response> {
  return answerWebhook('/api/webhooks/push-dispatch', log, async (requestLog) => {
    const env = openEnv()
    requireTriggerSecret(request, env)
    await readBytes(request, triggerBodyMaxBytes)
    const deps = createDeliverDeps(env, requestLog)
    const delivered = await deliverClaim(deps)
    if (delivered.claimed > 0) requestLog.info(delivered, 'sent notifications')
    await askReceipts(deps).catch((err: unknown) =>
      requestLog.warn({ err }, 'receipts could not be asked for'),
    )
    return delivered
  })
}
