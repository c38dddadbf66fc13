import type { Addresses } from '#lib/protocol/sign-in.ts'
import type { Db } from '../db/clients.ts'
import { authErrorToCoded } from './auth-error.ts'

/**
 * How one can sign in to the own account, as Supabase Auth knows it; null where the session was ended on another device,
 * which an access token outlives for up to an hour.
 * @throws CodedError
 */
export async function loadAddresses({ auth }: Db): Promise<Addresses | null> {
  const { data, error } = await auth.getUser()
  if (error) {
    const coded = authErrorToCoded(error)
    if (coded.code === 'not_signed_in') return null
    throw coded
  }
  const { phone, email, identities = [] } = data.user
  return {
    phone: phone ? `+${phone}` : null,
    email: email || null,
    providers: identities
      .map(({ provider }) => provider)
      .filter((name) => name !== 'phone' && name !== 'email'),
  }
}
