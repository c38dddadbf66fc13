import { actingAs } from '../db/clients.ts'
import { sharedAccess } from '../db/shared-access.ts'
import type { ServePost } from '../http/create-serve-post.ts'
import { log } from '../log.ts'
import { createServeCommands } from './create-serve-commands.ts'
import { runCommand } from './run-command.ts'

let known: ServePost | undefined

/** Serves commands past Next. Needs the server's environment at the first request. */
export const serveCommands: ServePost = (request, response) => {
  known ??= open()
  return known(request, response)
}

function open(): ServePost {
  const { anonymous, verify } = sharedAccess()
  return createServeCommands({
    verify,
    run: (accessToken, userId, sessionId, command) =>
      runCommand({ userId, db: actingAs(anonymous, accessToken) }, sessionId, command),
    log,
  })
}
