import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { commandSchema, heartbeatSchema } from '#lib/protocol/commands.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { createSessionSchema, joinSessionSchema } from '#lib/protocol/session-requests.ts'
import { signOfLifeSchema } from '#lib/protocol/signs-of-life.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { asCodedError, errorResponse } from '#lib/server/http/error-response.ts'
import { claimLease, recordHeartbeat } from '#lib/server/playback/dj-presence.ts'
import { serveStreams } from '#lib/server/realtime/streams/serve-on-node.ts'
import { closeTheHub } from '#lib/server/realtime/the-hub.ts'
import { createSession, enterSession, joinSession } from '#lib/server/sessions/enter-session.ts'
import { runCommand } from '#lib/server/sessions/run-command.ts'
import { hereRoute } from '#lib/server/sessions/session-routes.ts'
import { loadSnapshot } from '#lib/server/sessions/the-snapshots.ts'

const largeRoomFrom = 200

/**
 * The routes of sessions without Next, which needs a build: our use cases and streams on a port of their own.
 * @param callerOf who has this `Cookie`
 */
export async function serveApp(
  callerOf: (cookie: string) => { userId: string; db: Db } | undefined,
): Promise<{ url: string; close: () => Promise<void> }> {
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const caller = callerOf(request.headers.cookie ?? '')
    if (!caller) throw new CodedError('not_signed_in')
    const { db } = caller
    const [, , , id = '', deed = 'create'] = request.url?.split('/') ?? []
    const body = request.method === 'POST' ? await json(request) : undefined
    switch (deed) {
      case 'create':
        return createSession(db, createSessionSchema.parse(body))
      case 'join': {
        const { invitation, wantsSnapshot } = joinSessionSchema.parse(body)
        return (wantsSnapshot ? enterSession : joinSession)(db, id, invitation, largeRoomFrom)
      }
      case 'snapshot':
        return loadSnapshot(db, id)
      case 'commands':
        return runCommand(caller, id, commandSchema.parse(body))
      case 'here':
        return hereRoute.run(caller, id, signOfLifeSchema.parse(body))
      case 'lease':
        return claimLease(db, id, { takesOver: false })
      case 'heartbeat':
        return recordHeartbeat(db, id, heartbeatSchema.parse(body))
      default:
        throw new CodedError('not_found')
    }
  }
  const server = createServer(async (request, response) => {
    if (serveStreams(request, response)) return
    const answered = await answer(request).then(
      (result) => Response.json(result),
      (thrown) => errorResponse(asCodedError(thrown), 'none'),
    )
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(await answered.text())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await closeTheHub()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
