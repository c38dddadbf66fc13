import type { z } from 'zod'
import { publicSupabaseUrl } from '#lib/env/public-config.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { beginSocialSchema, socialBegunSchema } from '#lib/protocol/sign-in.ts'
import { type CodeDeps, callbackAddress } from './ask-code.ts'
import { authErrorToCoded } from './auth-error.ts'

/**
 * Begins a sign-in at a provider, or links its account to the one that is signed in; the browser goes on at the answer's
 * address and comes back to `/auth/callback`.
 * @throws CodedError
 */
export async function beginSocial(
  { db: { auth }, env, origin }: Pick<CodeDeps, 'db' | 'env' | 'origin'>,
  { provider, purpose, next }: z.infer<typeof beginSocialSchema>,
): Promise<z.infer<typeof socialBegunSchema>> {
  const options = { redirectTo: callbackAddress(origin, next, { provider }), skipBrowserRedirect: true }
  const { data, error } =
    purpose === 'add'
      ? await auth.linkIdentity({ provider, options })
      : await auth.signInWithOAuth({ provider, options })
  if (error) throw authErrorToCoded(error)
  if (!data.url) throw new CodedError('unavailable')
  // Where the browser finds Supabase may differ from where this server does.
  return { url: data.url.replace(env.SUPABASE_URL, publicSupabaseUrl(env, origin)) }
}
