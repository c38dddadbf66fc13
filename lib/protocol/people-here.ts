import { z } from 'zod'
import { memberSchema } from './session-state.ts'

/** `GET /api/sessions/[id]/people?after=`: some of those who are here; `after` is the last page's `next`. */
export const peopleHereQuerySchema = z.object({ after: z.uuid().optional() })
/**
 * On the first page whoever plays or keeps the chat, and whom one follows, come before the others. `next` is null on the
 * last page.
 */
export const peopleHereSchema = z.object({ people: z.array(memberSchema), next: z.uuid().nullable() })
export type PeopleHere = z.infer<typeof peopleHereSchema>
