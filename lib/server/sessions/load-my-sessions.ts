import 'server-only'
import { toCodedError } from '../db/call-function.ts'
import { personDb } from '../db/person-db.ts'

const sessionsMax = 10

/** The sessions that a person has open as their DJ, newest first. @throws CodedError */
export async function loadMySessions(userId: string): Promise<{ id: string; slug: string; title: string }[]> {
  const db = await personDb()
  const { data, error } = await db
    .from('dj_sessions')
    .select('id, slug, title')
    .eq('dj_id', userId)
    .eq('status', 'live')
    .order('started_at', { ascending: false })
    .limit(sessionsMax)
  if (error) throw toCodedError(error)
  return data
}
