import { z } from 'zod'
import { port, readEnvironment } from '../read-environment.ts'

/** What `npm start` itself reads from the environment; the parts read the rest. */
const environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().optional(),
  /** Set: use that Supabase. Absent: start the embedded one. */
  SUPABASE_URL: z.url().optional(),
  WHATSSOUND_DATA: z.string().default('.data'),
  VAPID_PUBLIC_KEY: z.string().optional(),
})

export type Settings = {
  port: number
  host: string | undefined
  supabaseUrl: string | undefined
  /** The embedded Supabase's folder. */
  dataDir: string
  /** Whether the environment brings a key pair for Web Push. */
  hasVapidKeys: boolean
  dev: boolean
}

/** @throws an Error for people when a variable makes no sense */
export function readSettings(env: NodeJS.ProcessEnv, args: string[]): Settings {
  const { PORT, HOST, SUPABASE_URL, WHATSSOUND_DATA, VAPID_PUBLIC_KEY } = readEnvironment(environment, env)
  return {
    port: PORT,
    host: HOST,
    supabaseUrl: SUPABASE_URL,
    dataDir: WHATSSOUND_DATA,
    hasVapidKeys: VAPID_PUBLIC_KEY !== undefined,
    dev: args.includes('--dev'),
  }
}
