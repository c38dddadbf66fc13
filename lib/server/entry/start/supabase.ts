import path from 'node:path'
import { z } from 'zod'
import { type Part, type PartReport, startPart } from './part.ts'

/** What the parts of the product must know of their Supabase; the names are those of the environment. */
const addresses = z.object({
  url: z.string(),
  dbUrl: z.string(),
  publishableKey: z.string(),
  secretKey: z.string(),
  inboxUrl: z.string(),
})
const message = z.union([z.object({ progress: z.string() }), z.object({ ready: addresses })])

export type EmbeddedSupabase = {
  part: Part
  /** Resolves once its ports and its data folder are known to be free. */
  checked: Promise<void>
  ready: Promise<z.infer<typeof addresses>>
}

/** Starts the embedded Supabase, `supabase/local/main.ts`, as a process of its own. */
export function startEmbeddedSupabase(siteUrl: string, report: PartReport): EmbeddedSupabase {
  const checked = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<z.infer<typeof addresses>>()
  const part = startPart(
    {
      name: 'supabase',
      args: [path.join('supabase', 'local', 'main.ts')],
      env: { ...process.env, SITE_URL: process.env.SITE_URL ?? siteUrl },
      onMessage: (received) => {
        const parsed = message.parse(received)
        checked.resolve()
        if ('ready' in parsed) ready.resolve(parsed.ready)
        else report.say(`Supabase: ${parsed.progress}`)
      },
    },
    report,
  )
  part.failed.catch((error) => {
    checked.reject(error)
    ready.reject(error)
  })
  ready.promise.catch(() => {})
  return { part, checked: checked.promise, ready: ready.promise }
}
