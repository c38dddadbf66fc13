import type { Db } from '#lib/server/db/clients.ts'
import { enterAs } from '#lib/testing/people.ts'
import { authCookie, type SeededPerson } from '#lib/testing/seed-people.ts'

/** A guest, as the clients and as the app's routes know them. */
export async function enter(name: string): Promise<{ person: SeededPerson; db: Db }> {
  const { id, db } = (await enterAs(name)) as unknown as { id: string; db: Db }
  const { data } = await db.auth.getSession()
  const accessToken = data.session?.access_token ?? ''
  return { person: { userId: id, name, accessToken, cookie: authCookie(id, accessToken) }, db }
}
