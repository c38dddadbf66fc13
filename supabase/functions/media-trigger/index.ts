import { receiveOriginal } from '#lib/server/media/originals/receive-original.ts'
import { serveWebhook } from '../_shared/serve-webhook.ts'

serveWebhook('media-trigger', (env, log) => (request) => receiveOriginal(() => env, log, request))
