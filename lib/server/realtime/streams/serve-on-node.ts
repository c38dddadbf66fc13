import { createServeStreams } from './create-serve-streams.ts'
import { theStreams } from './the-streams.ts'

/**
 * Serves what a session's readers keep open, on bare node:http: `GET /api/sessions/[id]/events` and `/poll`. Needs the
 * server's environment and opens the process's hub at the first one. Everything else is left to Next.
 */
export const serveStreams = createServeStreams(theStreams)
