import type { StreamWorld } from './stream-world.ts'

/** A request of somebody who is to be refused. */
export function refusedUrl(
  world: StreamWorld,
  who: string,
  kind: 'events' | 'poll',
  more = '',
): { url: string; headers: Record<string, string> } {
  const ana = world.enter()
  const bruno = crypto.randomUUID()
  const url = world.urlOf(kind, `?after=0${more}`)
  const asAna = (sessionId: string, after = '0') => ({
    url: world.urlOf(kind, `?after=${after}${more}`, sessionId),
    headers: world.credentials(ana),
  })
  switch (who) {
    case 'nobody signed in':
      return { url, headers: {} }
    case 'a token that ended':
      return { url, headers: world.credentials(ana, -1) }
    case 'somebody banned':
      world.refusals.set(bruno, 'banned')
      break
    case 'an outsider of a private session':
      world.refusals.set(bruno, 'not_found')
      break
    case 'another session':
      return asAna(crypto.randomUUID())
    case 'no session':
      return asAna('noche')
    case 'a cursor that is none':
      return asAna(world.session.id, '-1')
  }
  return { url, headers: world.credentials(bruno) }
}
