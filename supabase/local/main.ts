import path from 'node:path'
import { z } from 'zod'
import { readProviders } from './auth/providers.ts'
import { PortInUse, StartRefused } from './refusals.ts'
import { startStack } from './stack.ts'

/**
 * The embedded Supabase as a process: `node supabase/local/main.ts`. Prints one line of JSON when it is ready,
 * or sends it to a parent over IPC. Ends on SIGINT, SIGTERM or the end of the parent.
 */
const environment = z
  .object({
    WHATSSOUND_DATA: z.string().default('.data'),
    SUPABASE_LOCAL_PORT: z.coerce.number().int().default(54321),
    SUPABASE_LOCAL_DB_PORT: z.coerce.number().int().default(54322),
    /** The network interface: 0.0.0.0 lets phones on the same network in. */
    SUPABASE_LOCAL_HOST: z.string().default('0.0.0.0'),
    /** The app's address, for links in e-mails. */
    SITE_URL: z.url().optional(),
    /** Codes and guests are had with a captcha then; the app has the variable too. */
    TURNSTILE_SECRET_KEY: z.string().optional(),
  })
  .parse(process.env)

/** sysexits.h: tells a supervisor that starting again is of no use. */
const configurationError = 78

/** Speaks to a supervisor; alone, only the addresses are printed. */
const tell = (message: object) => process.send?.(message)

try {
  const { failed, stop, ...addresses } = await startStack({
    dataDir: path.resolve(environment.WHATSSOUND_DATA),
    port: environment.SUPABASE_LOCAL_PORT,
    dbPort: environment.SUPABASE_LOCAL_DB_PORT,
    host: environment.SUPABASE_LOCAL_HOST,
    siteUrl: environment.SITE_URL,
    captchaSecret: environment.TURNSTILE_SECRET_KEY || undefined,
    providers: readProviders(process.env),
    onProgress: (progress) => tell({ progress }),
  })

  let isEnding = false
  const end = async () => {
    if (isEnding) return
    isEnding = true
    await stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, end)
  failed.catch((error: Error) => {
    console.error(error.message)
    // Without the database there is nothing to end in order, and much that could wait for it for ever.
    process.exit(1)
  })

  tell({ ready: addresses })
  if (!process.send) console.log(JSON.stringify(addresses))
} catch (error) {
  console.error(
    error instanceof PortInUse ? portAdvice(error.port) : error instanceof Error ? error.message : error,
  )
  process.exit(error instanceof StartRefused ? configurationError : 1)
}

function portAdvice(port: number): string {
  const variable = port === environment.SUPABASE_LOCAL_PORT ? 'SUPABASE_LOCAL_PORT' : 'SUPABASE_LOCAL_DB_PORT'
  return `Port ${port} is in use. Stop what uses it, or choose another: ${variable}=${port + 100} npm start`
}
