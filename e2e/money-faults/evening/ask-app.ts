import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

/** The app did not answer, or could not: whoever asks does so again, as people and Stripe do. */
export class Unanswered extends Error {}

const refusalSchema = z.object({ error: z.object({ code: z.string() }) })
const keepsTryingForInMs = 60_000
const againAfterInMs = 50

/** Asks the app something, as somebody. @throws Unanswered, and Error for a refusal */
export async function askApp<S extends z.ZodType>(
  url: string,
  schema: S,
  { accessToken = '', body }: { accessToken?: string; body?: object } = {},
): Promise<z.infer<S>> {
  const headers = { authorization: `Bearer ${accessToken}` }
  const init = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers }
  const response = await fetch(url, init).catch((cause) => {
    throw new Unanswered('no answer', { cause })
  })
  const answer: unknown = await response.json().catch((cause) => {
    throw new Unanswered('half an answer', { cause })
  })
  if (response.ok) return schema.parse(answer)
  const { code } = refusalSchema.parse(answer).error
  if (response.status >= 500) throw new Unanswered(code)
  throw new Error(`${url} was refused: ${code}`)
}

/** Does something until it is answered. @throws Error for what is refused, or is never answered */
export async function persistently<T>(act: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + keepsTryingForInMs
  for (;;) {
    try {
      return await act()
    } catch (thrown) {
      if (!(thrown instanceof Unanswered) || performance.now() > deadline) throw thrown
      await delay(againAfterInMs)
    }
  }
}
