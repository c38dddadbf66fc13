import { z } from 'zod'
import { safePath } from '#lib/domain/navigation/safe-path.ts'
import type { ServerEnv } from '#lib/env/server.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { type askCodeSchema, codeSentSchema } from '#lib/protocol/sign-in.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import { authErrorToCoded } from './auth-error.ts'
import { verifyCaptcha } from './verify-captcha.ts'

export type CodeDeps = {
  /** Acts as who asks, and keeps what belongs to the link in their cookies. */
  db: Db
  /** Counts, as nobody who asks could. */
  service: Db
  env: ServerEnv
  /** The app's own address, for the link in an e-mail. */
  origin: string
  /** Where the request came from. */
  network: string
  /** The language that a new account begins with, and in which e-mails are written. */
  locale: Locale
}

const nothing = z.object({})

/**
 * Sends a code, after it was counted that one was asked for: by address and by network. Once it was sent, its tries begin,
 * and a text message counts against the day's budget.
 * @throws CodedError
 */
export async function askCode(
  { db: { auth }, service, env, origin, network, locale }: CodeDeps,
  { to, purpose, next, captchaToken }: z.infer<typeof askCodeSchema>,
): Promise<z.infer<typeof codeSentSchema>> {
  if (to.channel === 'phone') refuseUnservedCountry(env, to.address)
  // Supabase Auth asks for a captcha to sign in, and for none to change one's own address.
  if (purpose === 'add') await verifyCaptcha(env, captchaToken)
  const args = {
    p_channel: to.channel,
    p_address: to.address,
    p_network: network,
    p_texts_a_day: env.AUTH_TEXTS_A_DAY ?? null,
  }
  const counted = await callFunction(service, 'count_code', args, codeSentSchema)
  const emailRedirectTo = callbackAddress(origin, next)
  const data = { locale }
  const options = { data, ...(captchaToken && { captchaToken }) }
  const { error } =
    purpose === 'add'
      ? to.channel === 'phone'
        ? await auth.updateUser({ phone: to.address, data })
        : await auth.updateUser({ email: to.address, data }, { emailRedirectTo })
      : to.channel === 'phone'
        ? await auth.signInWithOtp({ phone: to.address, options })
        : await auth.signInWithOtp({ email: to.address, options: { emailRedirectTo, ...options } })
  if (error) {
    const coded = authErrorToCoded(error)
    // Whoever now wants to sign in there need not wait for what was not sent.
    if (coded.code === 'address_taken') {
      await callFunction(service, 'forget_code_pause', { p_address: to.address }, nothing)
    }
    throw coded
  }
  const sent = { p_channel: to.channel, p_address: to.address }
  await callFunction(service, 'count_sent_code', sent, nothing)
  return counted
}

/** Where Supabase Auth sends a browser back to. */
export function callbackAddress(origin: string, next: string, more: Record<string, string> = {}): string {
  return `${origin}/auth/callback?${new URLSearchParams({ next: safePath(next), ...more })}`
}

function refuseUnservedCountry({ AUTH_PHONE_PREFIXES: prefixes }: ServerEnv, phone: string): void {
  if (prefixes && !prefixes.some((prefix) => phone.startsWith(prefix))) {
    throw new CodedError('country_not_served', { field: 'address' })
  }
}
