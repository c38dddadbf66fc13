import { z } from 'zod'
import { envelopeEventName } from './envelope.ts'

/**
 * The events of `GET /api/sessions/[id]/events` (server-sent events, WHATWG HTML 9.2). An envelope's event id is its `to`,
 * which comes back as `Last-Event-ID`. `renew`: the access token ends soon; open a new stream with a fresh one, then
 * close this one. `bye`: the server closes the stream.
 */
export const streamEventNames = { envelope: envelopeEventName, renew: 'renew', bye: 'bye' } as const

/** Why the server closes a stream, and after how long to come again; null: not at all, the session is closed to one. */
export const byeSchema = z.object({
  reason: z.enum(['shutdown', 'expired', 'banned', 'too_slow', 'silent', 'replaced']),
  retryInMs: z.number().nonnegative().nullable(),
})
export type Bye = z.infer<typeof byeSchema>

/** A silent stream gets a heartbeat after this long; one that was silent for much longer is broken. */
export const streamHeartbeatInMs = 15_000

/** `GET /api/sessions/[id]/poll` waits at most this long for something new. */
export const pollWaitMaxInMs = 25_000

/** The three `rev`s that a poller knows, so that a newer state ends its wait too: `playback.tallies.dj`. */
const knownRevs = z
  .string()
  .regex(/^\d{1,15}\.\d{1,15}\.\d{1,15}$/)
  .transform((text) => {
    const [playback = 0, tallies = 0, dj = 0] = text.split('.').map(Number)
    return { playback, tallies, dj }
  })

export const pollQuerySchema = z.strictObject({
  after: z.coerce.number().int().nonnegative(),
  /** How long to wait for something after the cursor; 0: answer from the log at once. */
  waitInMs: z.coerce.number().int().min(0).max(pollWaitMaxInMs).default(0),
  revs: knownRevs.optional(),
  /** How many a poller knows to be here, so that whoever came or went between two polls ends the wait too. */
  here: z.coerce.number().int().nonnegative().optional(),
})
export type PollQuery = z.infer<typeof pollQuerySchema>
