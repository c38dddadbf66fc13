import { serverEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { type Db, serviceDb } from '../db/clients.ts'
import { createRevenueCatAccess, type RevenueCatAccess } from '../revenuecat/revenuecat-access.ts'

export type PlusDeps = {
  access: RevenueCatAccess
  /** Passes by row level security: nobody may say themselves what they bought. */
  service: Db
}

/** What Plus needs in this process. @throws CodedError `plus_off` */
export function thePlusDeps(): PlusDeps {
  const env = serverEnv()
  const access = createRevenueCatAccess(env)
  if (!access) throw new CodedError('plus_off')
  return { access, service: serviceDb(env) }
}
