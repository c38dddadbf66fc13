import { z } from 'zod'

/** What `npm start` itself reads from the environment; the parts read the rest. */
const environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: z.string().optional(),
  /** Set: use that Supabase. Absent: start the embedded one. */
  SUPABASE_URL: z.url().optional(),
})

export type Settings = {
  port: number
  host: string | undefined
  supabaseUrl: string | undefined
  dev: boolean
}

/** @throws an Error for people when a variable makes no sense */
export function readSettings(env: NodeJS.ProcessEnv, args: string[]): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`The environment variable ${issue?.path.join('.')} is not usable: ${issue?.message}`)
  }
  const { PORT, HOST, SUPABASE_URL } = parsed.data
  return { port: PORT, host: HOST, supabaseUrl: SUPABASE_URL, dev: args.includes('--dev') }
}
