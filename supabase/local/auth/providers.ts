import { z } from 'zod'

/** How to reach one OpenID provider. */
export type ProviderSettings = { issuer: URL; clientId: string; clientSecret: string }

/** Those that this stack can sign in with, by Supabase's names: what speaks OpenID Connect as it is. */
export type Providers = Partial<Record<'google', ProviderSettings>>

const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional())
const environment = z.object({
  SUPABASE_AUTH_EXTERNAL_GOOGLE_CLIENT_ID: optional,
  SUPABASE_AUTH_EXTERNAL_GOOGLE_SECRET: optional,
  /** Another issuer in Google's place: a test's. */
  SUPABASE_AUTH_EXTERNAL_GOOGLE_URL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.url().default('https://accounts.google.com'),
  ),
})

/** Reads the variables that `supabase/config.toml` names too. One without the other turns nothing on. */
export function readProviders(env: NodeJS.ProcessEnv): Providers {
  const {
    SUPABASE_AUTH_EXTERNAL_GOOGLE_CLIENT_ID: clientId,
    SUPABASE_AUTH_EXTERNAL_GOOGLE_SECRET: clientSecret,
    SUPABASE_AUTH_EXTERNAL_GOOGLE_URL: issuer,
  } = environment.parse(env)
  return clientId && clientSecret ? { google: { issuer: new URL(issuer), clientId, clientSecret } } : {}
}
