import { serverEnv } from '#lib/env/server.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import { type Db, serviceDb } from '../db/clients.ts'
import { feedTheHub } from '../realtime/the-hub.ts'
import type { StripeAccess } from '../stripe/stripe-access.ts'
import { theStripe } from '../stripe/the-stripe.ts'

export type TipDeps = {
  access: StripeAccess
  /** Passes by row level security: nobody may say themselves that they paid. */
  service: Db
  /** Tells this process's readers what was committed. */
  tell: (envelope: Envelope) => void
}

/** What tips need in this process. @throws CodedError `tips_off` */
export function theTipDeps(): TipDeps {
  return { access: theStripe(), service: serviceDb(serverEnv()), tell: feedTheHub }
}
