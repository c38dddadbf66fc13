import { getConnInfo } from '@hono/node-server/conninfo'
import type { MiddlewareHandler } from 'hono'

const loopback = /^(localhost|127(\.\d+){3}|\[?::1\]?|::ffff:127(\.\d+){3})$/

/**
 * Lets in this machine alone: whoever reads the inbox can sign in as anybody. The name in the address counts
 * too, because a page elsewhere may have its name resolved to this machine (DNS rebinding).
 */
export const onlyThisMachine: MiddlewareHandler = async (context, next) => {
  const peer = getConnInfo(context).remote.address ?? ''
  const { hostname } = new URL(context.req.url)
  if (loopback.test(peer) && loopback.test(hostname)) return next()
  return context.text('The development inbox opens only on the machine that it runs on.', 403)
}
