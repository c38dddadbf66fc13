import { z } from 'zod'
import { port, readEnvironment } from '../read-environment.ts'

/** What `npm start` itself reads from the environment; the parts read the rest. */
const environment = z.object({
  PORT: port.default(3000),
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
  const { PORT, HOST, SUPABASE_URL } = readEnvironment(environment, env)
  return { port: PORT, host: HOST, supabaseUrl: SUPABASE_URL, dev: args.includes('--dev') }
}
