import { z } from 'zod'
import type { ServerEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'

const answerSchema = z.object({
  success: z.boolean(),
  'error-codes': z.array(z.string()).default([]),
})

/**
 * Checks a captcha's token, where a captcha is configured, for what Supabase Auth does by itself without asking for one.
 * A token is good for one question: what Supabase Auth is to check must not be checked here.
 * @throws CodedError
 */
export async function verifyCaptcha(
  { TURNSTILE_SECRET_KEY: secret }: ServerEnv,
  token: string | undefined,
): Promise<void> {
  if (!secret) return
  if (!token) throw new CodedError('captcha_failed')
  const { success, 'error-codes': reasons } = await askTurnstile(secret, token)
  if (success) return
  const isOurMistake = reasons.some((reason) => reason.endsWith('-secret'))
  throw new CodedError(isOurMistake ? 'unavailable' : 'captcha_failed', { cause: reasons })
}

async function askTurnstile(secret: string, token: string): Promise<z.infer<typeof answerSchema>> {
  try {
    const response = await fetch('https://challenges.cloudflare.com/turnstile/v0/siteverify', {
      method: 'POST',
      body: new URLSearchParams({ secret, response: token }),
      signal: AbortSignal.timeout(5_000),
    })
    return answerSchema.parse(await response.json())
  } catch (cause) {
    throw new CodedError('unavailable', { cause })
  }
}
