import { z } from 'zod'
import { serverEnv } from '#lib/env/server.ts'
import { refusalSchema } from '#lib/protocol/errors.ts'
import { callFunction } from '../db/call-function.ts'
import { serviceDb } from '../db/clients.ts'
import { createReactions, type Reactions } from './reactions.ts'

const answersSchema = z.array(refusalSchema.partial())

let known: Reactions | undefined

/** The reactions that this process collects. Needs the server's environment. */
export function theReactions(): Reactions {
  known ??= openReactions()
  return known
}

function openReactions(): Reactions {
  const db = serviceDb(serverEnv())
  return createReactions({
    carryOut: (sessionId, reactions) => {
      const args = { p_session_id: sessionId, p_reactions: reactions }
      return callFunction(db, 'react_together', args, answersSchema)
    },
  })
}
