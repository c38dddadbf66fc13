import { listeningReportSchema } from '#lib/protocol/listening.ts'
import { actingAs } from '../db/clients.ts'
import { sharedAccess } from '../db/shared-access.ts'
import { createServePost, type ServePost } from '../http/create-serve-post.ts'
import { log } from '../log.ts'
import { reportListening } from './listening.ts'

let known: ServePost | undefined

/** Serves listeners' reports past Next: every listener sends one a minute. Needs the server's environment at the first. */
export const serveListening: ServePost = (request, response) => {
  known ??= open()
  return known(request, response)
}

function open(): ServePost {
  const { anonymous, verify } = sharedAccess()
  return createServePost({
    name: 'listening',
    body: listeningReportSchema,
    verify,
    run: ({ accessToken }, sessionId, report) =>
      reportListening(actingAs(anonymous, accessToken), sessionId, report),
    log,
  })
}
