import { connection } from 'next/server'

let wallMinusMonotonicInMs = Date.now() - performance.now()

/** Epoch milliseconds with fractions: `Date.now` alone would cost each listener up to a millisecond. */
function serverTimeInMs(): number {
  const wall = Date.now()
  const fine = wallMinusMonotonicInMs + performance.now()
  if (Math.abs(fine - wall) <= 2) return fine
  wallMinusMonotonicInMs = wall - performance.now()
  return wall
}

/** The server's time, for `estimateClock`. Public and uncounted: every listener asks every few seconds. */
export async function GET(): Promise<Response> {
  await connection()
  return Response.json({ serverTimeInMs: serverTimeInMs() }, { headers: { 'cache-control': 'no-store' } })
}
