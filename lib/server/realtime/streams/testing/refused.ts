import type { StreamWorld } from './stream-world.ts'

/** Who is refused, with which HTTP status, and by which code. */
export const whoIsRefused = [
  ['nobody signed in', 401, 'not_signed_in'],
  ['a token that ended', 401, 'not_signed_in'],
  ['no member', 403, 'not_allowed'],
  ['somebody banned', 403, 'banned'],
  ['an outsider of a private session', 404, 'not_found'],
  ['another session', 404, 'not_found'],
  ['no session', 400, 'invalid_input'],
  ['a cursor that is none', 400, 'invalid_input'],
] as const

type Who = (typeof whoIsRefused)[number][0]

/** A request of somebody who is to be refused. */
export function refusedUrl(
  world: StreamWorld,
  who: Who,
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
