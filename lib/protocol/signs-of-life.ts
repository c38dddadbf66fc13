import { z } from 'zod'

const everyMinInMs = 8_000
const everyMaxInMs = 120_000
const perSecondAndRoomMax = 100

/**
 * How often a client says that its person is still here. In a room with more than eight hundred the more rarely the more
 * there are, so that all of them together ask no more of the server. A sign counts until two more were due (`hear_signs`).
 */
export function signEveryInMs(hereCount: number): number {
  const sharedInMs = (hereCount * 1_000) / perSecondAndRoomMax
  return Math.round(Math.min(everyMaxInMs, Math.max(everyMinInMs, sharedInMs)))
}

/** `POST /api/sessions/[id]/here`: a sign of life, whatever way one listens by. */
export const signOfLifeSchema = z.strictObject({
  /** How soon the next one comes, at the latest. */
  everyInMs: z.int().min(everyMinInMs).max(everyMaxInMs),
  /** Whether to tell who is silent: hubs leave them out by themselves, Realtime's Presence has them for a minute. */
  asksForSilent: z.boolean(),
})
export type SignOfLife = z.infer<typeof signOfLifeSchema>

/** `silent`: who gave signs here and gives none any more, though they may still stand in Presence. */
export const signAnswerSchema = z.object({ silent: z.array(z.uuid()).readonly() })
