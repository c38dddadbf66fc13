import { z } from 'zod'

/**
 * `GET /api/sessions/[id]/restricted`, for who moderates: who cannot write, those who cannot for longest first, and who
 * cannot come in, the latest first. `until` is in epoch milliseconds.
 */
export const restrictedPeopleSchema = z.object({
  muted: z.array(z.object({ userId: z.uuid(), until: z.number() })),
  banned: z.array(z.object({ userId: z.uuid(), name: z.string() })),
})
export type RestrictedPeople = z.infer<typeof restrictedPeopleSchema>
