import { actingAs } from '../db/clients.ts'
import { sharedAccess } from '../db/shared-access.ts'
import { createServeSessions, type ServeSessions } from '../http/create-serve-sessions.ts'
import { log } from '../log.ts'
import { sessionRoutes } from './session-routes.ts'

let known: ServeSessions | undefined

/** Serves what is asked of sessions most, past Next. Needs the server's environment at the first request. */
export const serveSessions: ServeSessions = (request, response) => {
  known ??= open()
  return known(request, response)
}

function open(): ServeSessions {
  const { anonymous, verify } = sharedAccess()
  return createServeSessions({
    routes: sessionRoutes,
    verify,
    actAs: (accessToken) => actingAs(anonymous, accessToken),
    log,
  })
}
