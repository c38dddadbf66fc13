import { z } from 'zod'
import { catchUpSchema } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { callFunction } from '#lib/server/db/call-function.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { log } from '#lib/server/log.ts'
import type { HubDeps } from './hub-deps.ts'

/** As many people in one statement: it locks their rows for as long as it takes. */
const touchedAtOnce = 1_000

/** What a hub asks of the database; `db` has the service's rights. */
export function createHubDatabase(db: Db): Pick<HubDeps, 'readLog' | 'touch'> & {
  readChannel: (sessionId: string) => Promise<number>
} {
  return {
    readLog: async (sessionId, after) => {
      const args = { p_session_id: sessionId, p_after: after }
      const catchUp = await callFunction(db, 'hub_log', args, catchUpSchema.nullable())
      if (!catchUp) throw new CodedError('not_found')
      return catchUp
    },
    readChannel: (sessionId) => callFunction(db, 'hub_channel', { p_session_id: sessionId }, z.number()),
    touch: async (sessionId, userIds) => {
      for (let first = 0; first < userIds.length; first += touchedAtOnce) {
        const some = userIds.slice(first, first + touchedAtOnce)
        const args = { p_session_id: sessionId, p_user_ids: some }
        await callFunction(db, 'touch_members', args, z.number()).catch((err: unknown) =>
          log.warn({ err, sessionId }, 'could not say who listens'),
        )
      }
    },
  }
}
