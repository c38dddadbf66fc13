import { z } from 'zod'
import type { ServerEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { providers, type SignInWays } from '#lib/protocol/sign-in.ts'

const settingsSchema = z.object({ external: z.record(z.string(), z.boolean()) })
const freshForInMs = 60_000

let known: { ways: SignInWays; at: number } | undefined

/**
 * Which ways to sign in are switched on, as Supabase Auth itself says; asked once a minute.
 * @throws CodedError `unavailable`
 */
export async function signInWays(env: ServerEnv, now: () => number = Date.now): Promise<SignInWays> {
  if (known && now() - known.at < freshForInMs) return known.ways
  const ways = await askSupabase(env)
  known = { ways, at: now() }
  return ways
}

async function askSupabase(env: ServerEnv): Promise<SignInWays> {
  try {
    const response = await fetch(`${env.SUPABASE_URL}/auth/v1/settings`, {
      headers: { apikey: env.SUPABASE_PUBLISHABLE_KEY },
      cache: 'no-store',
      signal: AbortSignal.timeout(5_000),
    })
    const { external } = settingsSchema.parse(await response.json())
    return {
      guest: external.anonymous_users ?? false,
      phone: external.phone ?? false,
      email: external.email ?? false,
      providers: providers.filter((provider) => external[provider]),
    }
  } catch (cause) {
    throw new CodedError('unavailable', { cause })
  }
}
