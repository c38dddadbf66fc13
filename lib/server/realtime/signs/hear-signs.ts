import { z } from 'zod'
import { callFunction } from '#lib/server/db/call-function.ts'
import type { Db } from '#lib/server/db/clients.ts'

export type Sign = { readonly sessionId: string; readonly userId: string; readonly everyInMs: number }

/**
 * Takes down signs of life.
 * @returns who of the watched sessions gave signs and has been silent since; sessions without such people are left out
 * @throws CodedError
 */
export type HearSigns = (
  signs: readonly Sign[],
  watched: readonly string[],
) => Promise<ReadonlyMap<string, readonly string[]>>

const silentSchema = z.record(z.string(), z.array(z.uuid()))

/** Over the database, which all instances share; `db` has the service's rights. */
export function createHearSigns(db: Db): HearSigns {
  return async (signs, watched) => {
    const args = {
      p_session_ids: signs.map(({ sessionId }) => sessionId),
      p_user_ids: signs.map(({ userId }) => userId),
      p_every_ms: signs.map(({ everyInMs }) => everyInMs),
      p_watched: [...watched],
    }
    return new Map(Object.entries(await callFunction(db, 'hear_signs', args, silentSchema)))
  }
}
