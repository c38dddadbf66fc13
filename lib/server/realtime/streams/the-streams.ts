import { z } from 'zod'
import { serverEnv } from '#lib/env/server.ts'
import { callFunction } from '../../db/call-function.ts'
import { actingAs, serviceDb } from '../../db/clients.ts'
import { sharedAccess } from '../../db/shared-access.ts'
import { log } from '../../log.ts'
import { catchUp } from '../../sessions/enter-session.ts'
import { theHub } from '../the-hub.ts'
import { createAuthoriseStream } from './authorise-stream.ts'
import { createMemberCheck } from './member-check.ts'
import { createStreams, type Streams } from './streams.ts'

let known: Streams | undefined

/** The streams of this process, over its one hub. */
export function theStreams(): Streams {
  known ??= openStreams()
  return known
}

function openStreams(): Streams {
  const { anonymous, verify } = sharedAccess()
  const service = serviceDb(serverEnv())
  const catchUpAs = (accessToken: string, sessionId: string, after: number) =>
    catchUp(actingAs(anonymous, accessToken), sessionId, after)
  return createStreams({
    hub: theHub(),
    authorise: createAuthoriseStream({
      verify,
      isMember: createMemberCheck(async (sessionId, userIds) => {
        const args = { p_session_id: sessionId, p_user_ids: [...userIds] }
        return new Set(await callFunction(service, 'hub_members_among', args, z.array(z.uuid())))
      }),
      // From the end of the log, where there is nothing to read.
      refuseOutsider: (sessionId, accessToken) => catchUpAs(accessToken, sessionId, Number.MAX_SAFE_INTEGER),
    }),
    catchUpAs,
    log,
    now: Date.now,
    random: Math.random,
  })
}
