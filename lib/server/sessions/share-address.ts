import { isLoopbackHost } from '#lib/env/public-config.ts'
import { serverEnv } from '#lib/env/server.ts'
import { lanAddress } from '#lib/server/entry/start/addresses.ts'
import { type ShareLink, shareLink } from './share-link.ts'

/** The link to a session of this server. One that listens on loopback alone is on no network. */
export function shareAddress(appOrigin: string, slug: string): ShareLink {
  const host = serverEnv().HOST ?? '0.0.0.0'
  const isOnNetwork = host === '0.0.0.0' || !isLoopbackHost(host)
  return shareLink(appOrigin, slug, isOnNetwork ? lanAddress() : null)
}
