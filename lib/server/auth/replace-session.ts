import { z } from 'zod'
import { signOutDevice } from '../accounts/devices.ts'
import type { Db } from '../db/clients.ts'

const claimsSchema = z.object({ sub: z.uuid(), session_id: z.uuid() })

/**
 * Does what begins a new auth session, and ends the one before where it was the same person's: proving a phone number or
 * linking an account begins another session on the same device, which would be listed twice.
 * @throws CodedError
 */
export async function replaceSession<T>(db: Db, begin: () => Promise<T>): Promise<T> {
  const before = await claimsOf(db)
  const result = await begin()
  const after = await claimsOf(db)
  if (before && before.sub === after?.sub && before.session_id !== after.session_id) {
    await signOutDevice(db, before.session_id)
  }
  return result
}

async function claimsOf({ auth }: Db) {
  const { data } = await auth.getClaims()
  return claimsSchema.safeParse(data?.claims).data
}
