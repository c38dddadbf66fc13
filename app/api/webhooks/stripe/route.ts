import { log } from '#lib/server/log.ts'
import { receiveStripeEvent } from '#lib/server/tips/receive-stripe-event.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

/** From Stripe, so without an origin and a session of ours: the signature says who sends it. */
export const POST = (request: Request): Promise<Response> => receiveStripeEvent(theTipDeps, log, request)
