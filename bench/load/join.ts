import { requestJson } from '../request-json.ts'
import type { ReaderSpec } from './dialects/dialect.ts'

/** What a browser sends along with every request of our pages. */
export function asBrowser(port: number, cookie: string): Record<string, string> {
  return { cookie, origin: `http://127.0.0.1:${port}` }
}

/** What the page does before it listens: becomes a member and loads where the session stands. */
export async function join({ port, sessionId }: ReaderSpec, cookie: string): Promise<void> {
  const base = `/api/sessions/${sessionId}`
  const headers = asBrowser(port, cookie)
  await requestJson({ port, path: `${base}/join`, body: {}, headers })
  await requestJson({ port, path: `${base}/snapshot`, method: 'GET', headers })
}
