import { CodedError } from '#lib/protocol/errors.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { receiveRevenueCatEvent } from '#lib/server/plus/receive-revenuecat-event.ts'
import { createRevenueCatAccess } from '#lib/server/revenuecat/revenuecat-access.ts'
import { serveWebhook } from '../_shared/serve-webhook.ts'

serveWebhook('revenuecat-webhook', (env, log) => {
  const access = createRevenueCatAccess(env)
  const openDeps = () => {
    if (!access) throw new CodedError('plus_off')
    return { access, service: serviceDb(env) }
  }
  return (request) => receiveRevenueCatEvent(openDeps, log, request)
})
