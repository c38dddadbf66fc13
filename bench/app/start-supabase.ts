import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { findFreePort } from '../../supabase/local/ports.ts'
import { tidyUpWith } from '../tidy-up.ts'
import { startProcess } from './start-process.ts'

const ready = z.object({
  ready: z.object({ url: z.string(), dbUrl: z.string(), publishableKey: z.string(), secretKey: z.string() }),
})

export type Supabase = z.infer<typeof ready>['ready'] & {
  dataDir: string
  pid: number
  stop: () => Promise<void>
}

/** The embedded Supabase as `npm start` runs it, commits durable, in a folder that is deleted afterwards. */
export async function startSupabase(): Promise<Supabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound-bench-'))
  const supabase = startProcess(path.join('supabase', 'local', 'main.ts'), {
    WHATSSOUND_DATA: dataDir,
    SUPABASE_LOCAL_HOST: '127.0.0.1',
    SUPABASE_LOCAL_PORT: String(await findFreePort()),
    SUPABASE_LOCAL_DB_PORT: String(await findFreePort()),
  })
  const started = Promise.withResolvers<z.infer<typeof ready>['ready']>()
  supabase.child.on('message', (message) => {
    const parsed = ready.safeParse(message)
    if (parsed.success) started.resolve(parsed.data.ready)
  })
  supabase.child.once('exit', (code) => started.reject(new Error(`The embedded Supabase ended (${code}).`)))
  const stop = tidyUpWith(async () => {
    await supabase.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  try {
    return { ...(await started.promise), dataDir, pid: supabase.pid, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
