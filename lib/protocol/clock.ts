import { z } from 'zod'

/** `GET /api/clock`: the server's time in epoch milliseconds, with fractions. */
export const clockAnswerSchema = z.object({ serverTimeInMs: z.number().finite().positive() })
