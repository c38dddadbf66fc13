import { dispatchPush } from '#lib/server/push/dispatch-push.ts'
import { serveWebhook } from '../_shared/serve-webhook.ts'

serveWebhook('push-dispatch', (env, log) => (request) => dispatchPush(() => env, log, request))
