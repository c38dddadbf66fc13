import { connection } from 'next/server'
import { createServerTime } from '#lib/server/clock/server-time.ts'

const serverTimeInMs = createServerTime()

/** The server's time, for `estimateClock`. Public and uncounted: every listener asks every few seconds. */
export async function GET(): Promise<Response> {
  await connection()
  return Response.json({ serverTimeInMs: serverTimeInMs() }, { headers: { 'cache-control': 'no-store' } })
}
