import { createHash, randomInt } from 'node:crypto'
import type { AuthDeps, Db } from './deps.ts'
import { tooManyTexts } from './errors.ts'
import { settings } from './settings.ts'
import { type EmailPurpose, writeEmail, writeTextMessage } from './templates.ts'
import { getById } from './users.ts'

/** What a code proves or allows. One is open at a time for each user and purpose. */
export type Purpose = EmailPurpose | PhonePurpose
type PhonePurpose = 'sms' | 'phone_change'

export type Sending = {
  purpose: Purpose
  /** The e-mail address, or phone number without plus. */
  address: string
  /** Where the link in an e-mail leads in the end. */
  redirectTo: string
  /** Whether the link has to be opened in the browser that asked for it (PKCE). */
  pkce?: boolean
}

/** Makes a code for a user and sends it; an earlier one for the same purpose stops working. */
export async function sendCode(deps: AuthDeps, db: Db, userId: string, sending: Sending): Promise<void> {
  const { purpose, address } = sending
  if (isPhone(purpose) && !deps.textLimit('')) throw tooManyTexts()
  const { digits: code, hash } = await openCode(db, userId, sending)
  if (isPhone(purpose)) {
    deps.send({ channel: 'sms', to: `+${address}`, body: writeTextMessage(code), code })
    return
  }
  const link = linkFor(deps, hash, sending)
  const { raw_user_meta_data: Data } = await getById(db, userId)
  const written = writeEmail(purpose, { Token: code, ConfirmationURL: link, Data })
  deps.send({ channel: 'email', to: address, ...written, code, link })
}

/** Makes a code without sending it. */
export async function openCode(db: Db, userId: string, { purpose, address, pkce = false }: Sending) {
  const digits = String(randomInt(10 ** settings.otpLength)).padStart(settings.otpLength, '0')
  const hash = `${pkce ? 'pkce_' : ''}${hashOf(address, digits)}`
  await db`
    insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to)
    values (${userId}, ${purpose}, ${hash}, ${address})
    on conflict (user_id, token_type) do update
    set token_hash = excluded.token_hash, relates_to = excluded.relates_to, created_at = now(), updated_at = now()`
  return { digits, hash }
}

export function linkFor(deps: AuthDeps, hash: string, { purpose, redirectTo }: Sending): string {
  const type = purpose === 'email' ? 'magiclink' : purpose
  return `${deps.url}/verify?${new URLSearchParams({ token: hash, type, redirect_to: redirectTo })}`
}

/** Uses up a code; the user whom it belongs to, or null when it is wrong, used or too old. */
export async function redeemCode(
  db: Db,
  purpose: Purpose,
  address: string,
  digits: string,
): Promise<string | null> {
  const hash = hashOf(address, digits)
  const [row] = await db<{ user_id: string }[]>`
    delete from auth.one_time_tokens
    where token_type = ${purpose} and relates_to = ${address} and token_hash in (${hash}, ${`pkce_${hash}`})
      and created_at > now() - make_interval(secs => ${expiryInSeconds(purpose)})
    returning user_id`
  return row?.user_id ?? null
}

/** The same for the hash that links carry. */
export async function redeemHash(db: Db, purpose: Purpose, hash: string) {
  const [row] = await db<{ user_id: string; relates_to: string }[]>`
    delete from auth.one_time_tokens
    where token_type = ${purpose} and token_hash = ${hash}
      and created_at > now() - make_interval(secs => ${expiryInSeconds(purpose)})
    returning user_id, relates_to`
  return row ? { userId: row.user_id, address: row.relates_to } : null
}

function isPhone(purpose: Purpose): purpose is PhonePurpose {
  return purpose === 'sms' || purpose === 'phone_change'
}

function expiryInSeconds(purpose: Purpose): number {
  return isPhone(purpose) ? settings.smsOtpExpiryInSeconds : settings.emailOtpExpiryInSeconds
}

function hashOf(address: string, digits: string): string {
  return createHash('sha256').update(`${address}:${digits}`).digest('hex')
}
