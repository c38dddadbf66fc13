import { serverEnv } from '#lib/env/server.ts'
import { log } from '#lib/server/log.ts'
import { dispatchPush } from '#lib/server/push/dispatch-push.ts'

/** From the database or another scheduler, so without an origin and a session of ours: the secret says that it may. */
export const POST = (request: Request): Promise<Response> => dispatchPush(serverEnv, log, request)
