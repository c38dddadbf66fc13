/** Serves an inbox for the journeys against a hosted project, to which its Auth hooks lead; see e2e/README.md. */
import { serve } from '@hono/node-server'
import { z } from 'zod'
import { createHookInbox } from './hook-inbox.ts'

const { SUPABASE_URL, INBOX_KEY, INBOX_PORT } = z
  .object({
    SUPABASE_URL: z.url(),
    INBOX_KEY: z.string().regex(/^[\w-]{16,}$/, 'must be 16 letters or more'),
    INBOX_PORT: z.coerce.number().default(3391),
  })
  .parse(process.env)

const app = createHookInbox({ supabaseUrl: SUPABASE_URL, key: INBOX_KEY })
serve({ fetch: app.fetch, port: INBOX_PORT, hostname: '127.0.0.1' }, () =>
  console.log(`INBOX_URL=http://127.0.0.1:${INBOX_PORT}/${INBOX_KEY}`),
)
