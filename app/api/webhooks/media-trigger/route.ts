import { serverEnv } from '#lib/env/server.ts'
import { log } from '#lib/server/log.ts'
import { receiveOriginal } from '#lib/server/media/originals/receive-original.ts'

/** From the database, so without an origin and a session of ours: the secret says that it may. */
export const POST = (request: Request): Promise<Response> => receiveOriginal(serverEnv, log, request)
