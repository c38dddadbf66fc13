import type { Db } from './deps.ts'
import type { Purpose } from './one-time-codes.ts'
import { getById, linkIdentity, type User, updateUser, withProvider } from './users.ts'

/**
 * What follows from a proven address. A changed address replaces the old one, and a guest who proved one is a
 * guest no longer.
 */
export async function confirmAddress(
  db: Db,
  userId: string,
  purpose: Purpose,
  address: string,
): Promise<User> {
  const user = await getById(db, userId)
  const isPhone = purpose === 'sms' || purpose === 'phone_change'
  const provider = isPhone ? 'phone' : 'email'
  const changes = isPhone
    ? { phone: address, phone_confirmed_at: user.phone_confirmed_at ?? new Date(), phone_change: '' }
    : { email: address, email_confirmed_at: user.email_confirmed_at ?? new Date(), email_change: '' }
  if (user[provider] !== address) await linkIdentity(db, userId, provider, address)
  await db`
    update auth.identities set identity_data = identity_data || ${db.json({ [`${provider}_verified`]: true })}, updated_at = now()
    where user_id = ${userId} and provider = ${provider}`
  return updateUser(db, userId, {
    ...changes,
    is_anonymous: false,
    raw_app_meta_data: withProvider(user.raw_app_meta_data, provider),
  })
}
