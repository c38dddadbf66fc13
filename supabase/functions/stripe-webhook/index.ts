import { CodedError } from '#lib/protocol/errors.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { createStripeAccess } from '#lib/server/stripe/stripe-access.ts'
import { receiveStripeEvent } from '#lib/server/tips/receive-stripe-event.ts'
import { serveWebhook } from '../_shared/serve-webhook.ts'

serveWebhook('stripe-webhook', (env, log) => {
  const access = createStripeAccess(env)
  const openDeps = () => {
    if (!access) throw new CodedError('tips_off')
    // Nobody reads here: Realtime tells the rooms.
    return { access, service: serviceDb(env), tell: () => {} }
  }
  return (request) => receiveStripeEvent(openDeps, log, request)
})
