import { z } from 'zod'

/** The `[id]` in the addresses of a session's routes. */
export const sessionParamsSchema = z.object({ id: z.uuid() })
