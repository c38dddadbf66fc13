import type { z } from 'zod'
import type { Rpc } from '../db/clients.ts'

/** Who asks: their verified id, and a client that acts as them. */
export type Caller = { userId: string; db: Rpc }

/**
 * What is asked for at `/api/sessions/[id]/<name>`, whoever serves it: the app's own server (`create-serve-sessions.ts`)
 * or a route handler of Next's (`defineSessionRoute`).
 */
export type SessionRoute<S extends z.ZodType = z.ZodType> = {
  /** Where there is a body, it is JSON. */
  body: S | null
  /** Returns what becomes the JSON of a 200. @throws CodedError */
  run(caller: Caller, sessionId: string, body: z.output<S>): Promise<unknown>
}
