import { z } from 'zod'
import { type EnvSource, parseServerEnv, type ServerEnv } from './server.ts'

const keysSchema = z.object({ default: z.string().optional() })

/**
 * Reads what an Edge Function needs. Supabase hands its own address and keys to it, under names that nobody else can set
 * (supabase.com/docs/guides/functions/secrets). @throws Error that names every variable that is missing or wrong.
 */
export function parseFunctionEnv(source: EnvSource): ServerEnv {
  return parseServerEnv({
    ...source,
    SUPABASE_PUBLISHABLE_KEY: keyOf(source.SUPABASE_PUBLISHABLE_KEYS) ?? source.SUPABASE_ANON_KEY,
    SUPABASE_SECRET_KEY: keyOf(source.SUPABASE_SECRET_KEYS) ?? source.SUPABASE_SERVICE_ROLE_KEY,
  })
}

/** The one of several that a project has from the beginning. */
function keyOf(keys: string | undefined): string | undefined {
  return keys ? keysSchema.parse(JSON.parse(keys)).default : undefined
}
