import { log } from '#lib/server/log.ts'
import { thePlusDeps } from '#lib/server/plus/plus-deps.ts'
import { receiveRevenueCatEvent } from '#lib/server/plus/receive-revenuecat-event.ts'

/** From RevenueCat, so without an origin and a session of ours: its header says who sends it. */
export const POST = (request: Request): Promise<Response> => receiveRevenueCatEvent(thePlusDeps, log, request)
