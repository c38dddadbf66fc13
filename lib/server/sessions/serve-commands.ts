import { actingAs } from '../db/clients.ts'
import { sharedAccess } from '../db/shared-access.ts'
import { log } from '../log.ts'
import { createServeCommands, type ServeCommands } from './create-serve-commands.ts'
import { runCommand } from './run-command.ts'

let known: ServeCommands | undefined

/** Serves commands past Next. Needs the server's environment at the first request. */
export const serveCommands: ServeCommands = (request, response) => {
  known ??= open()
  return known(request, response)
}

function open(): ServeCommands {
  const { anonymous, verify } = sharedAccess()
  return createServeCommands({
    verify,
    run: (accessToken, userId, sessionId, command) =>
      runCommand({ userId, db: actingAs(anonymous, accessToken) }, sessionId, command),
    log,
  })
}
