import { serverEnv } from '#lib/env/server.ts'
import { actingAs, anonymousDb } from '../db/clients.ts'
import { createTokenVerifier } from '../db/verify-token.ts'
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
  const db = anonymousDb(serverEnv())
  return createServeCommands({
    verify: createTokenVerifier({ auth: db.auth, now: Date.now }),
    run: (accessToken, userId, sessionId, command) =>
      runCommand({ userId, db: actingAs(db, accessToken) }, sessionId, command),
    log,
  })
}
