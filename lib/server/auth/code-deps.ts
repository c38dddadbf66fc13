import 'server-only'
import { getLocale } from 'next-intl/server'
import { serverEnv } from '#lib/env/server.ts'
import { authDb } from '../db/auth-db.ts'
import { serviceDb } from '../db/clients.ts'
import { appOrigin } from '../http/app-origin.ts'
import { networkOf } from '../http/network-of.ts'
import type { CodeDeps } from './ask-code.ts'

/** What signing in needs, for one request. */
export async function codeDepsFor(request: Request): Promise<CodeDeps> {
  const env = serverEnv()
  return {
    db: await authDb(request),
    service: serviceDb(env),
    env,
    origin: appOrigin(request.headers),
    network: networkOf(request.headers),
    locale: await getLocale(),
  }
}
