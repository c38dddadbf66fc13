import { z } from 'zod'

/** How often a client says that its person is still here. After 17 s without (`hear_signs`) they are not counted. */
export const signEveryInMs = 8_000

/** `POST /api/sessions/[id]/here`: a sign of life, whatever way one listens by. */
export const signOfLifeSchema = z.strictObject({
  /** Whether to tell who is silent: hubs leave them out by themselves, Realtime's Presence has them for a minute. */
  asksForSilent: z.boolean(),
})
/** `silent`: who gave signs here and gives none any more, though they may still stand in Presence. */
export const signAnswerSchema = z.object({ silent: z.array(z.uuid()).readonly() })
