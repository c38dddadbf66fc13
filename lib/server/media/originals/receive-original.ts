import { z } from 'zod'
import type { ServerEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { callFunction } from '../../db/call-function.ts'
import { serviceDb } from '../../db/clients.ts'
import { answerWebhook } from '../../http/answer-webhook.ts'
import { parseInput } from '../../http/parse-input.ts'
import { readJsonBody } from '../../http/read-json-body.ts'
import { requireTriggerSecret, triggerBodyMaxBytes } from '../../http/require-trigger-secret.ts'
import type { Log } from '../../log.ts'

/** What is read of a database webhook (supabase.com/docs/guides/database/webhooks). */
const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['INSERT', 'UPDATE']),
    schema: z.literal('storage'),
    table: z.literal('objects'),
    record: z.object({ bucket_id: z.string(), name: z.string().max(1_000) }),
  }),
  z.object({ type: z.literal('DELETE') }),
])
const receivedSchema = z.object({ outcome: z.enum(['waiting', 'unwanted', 'ignored']) })

/**
 * Takes the news that an object was put into Storage, from the database. An original waits for the worker from then on: its
 * browser says so too, unless it is gone by then. What no track waits for is removed, since nobody else would ever look at it.
 *
 * It verifies and encodes nothing: that takes ffmpeg, minutes and processes of their own, which an Edge Function does not
 * have. Nor is there anything to do for segments, since what they make up only their browser can say.
 */
export function receiveOriginal(openEnv: () => ServerEnv, log: Log, request: Request): Promise<Response> {
  return answerWebhook('/api/webhooks/media-trigger', log, async (requestLog) => {
    const env = openEnv()
    requireTriggerSecret(request, env)
    const event = parseInput(eventSchema, await readJsonBody(request, triggerBodyMaxBytes))
    if (event.type === 'DELETE') return { outcome: 'ignored' }
    const { bucket_id: bucket, name } = event.record
    const service = serviceDb(env)
    const args = { p_bucket: bucket, p_name: name }
    const { outcome } = await callFunction(service, 'receive_original', args, receivedSchema)
    if (outcome === 'unwanted') {
      const { error } = await service.storage.from(bucket).remove([name])
      if (error) throw new CodedError('unavailable', { cause: error })
    }
    if (outcome !== 'ignored') requestLog.info({ bucket, name, outcome }, 'an original arrived')
    return { outcome }
  })
}
