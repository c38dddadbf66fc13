import { CodedError } from '#lib/protocol/errors.ts'
import { answerWebhook } from '../http/answer-webhook.ts'
import { isAuthorised } from '../http/is-authorised.ts'
import { parseInput } from '../http/parse-input.ts'
import { readJsonBody } from '../http/read-json-body.ts'
import type { Log } from '../log.ts'
import { notificationSchema, peopleOf } from '../revenuecat/notification.ts'
import { lookUpPeople } from './look-up-people.ts'
import type { PlusDeps } from './plus-deps.ts'

const bodyMaxBytes = 256 * 1024

/**
 * Takes a notification of RevenueCat's. It only says whom to look up: notifications come late, twice and out of order, and
 * what is looked up is always of now. 200 is said where that was applied, or there is nothing to apply; on anything else
 * RevenueCat sends the notification again, after 5, 10, 20, 40 and 80 minutes.
 */
export function receiveRevenueCatEvent(
  openDeps: () => PlusDeps,
  log: Log,
  request: Request,
): Promise<Response> {
  return answerWebhook('/api/webhooks/revenuecat', log, async (requestLog) => {
    const deps = openDeps()
    if (!isAuthorised(request.headers.get('authorization'), deps.access.webhookAuthorization))
      throw new CodedError('not_allowed', { field: 'authorization' })
    const { event } = parseInput(notificationSchema, await readJsonBody(request, bodyMaxBytes))
    const people = peopleOf(event)
    const outcome = people.length > 0 ? await lookUpPeople(deps, people, event) : 'ignored'
    requestLog.info({ eventId: event.id, type: event.type, outcome }, 'took a notification')
    return { outcome }
  })
}
