import type { Envelope } from '#lib/protocol/envelope.ts'
import { type ErrorCode, statusByErrorCode } from '#lib/protocol/errors.ts'
import type { Bye } from '#lib/protocol/stream.ts'
import type { OwnServer } from '../own-server.ts'
import { presenceOf, testEnvelope } from './test-envelope.ts'

export const sessionId = '00000000-0000-4000-8000-000000000004'
export const userId = '00000000-0000-4000-8000-000000000003'

type Line = {
  say: (event: string, data: unknown) => void
  end: () => void
  cut: () => void
  isStalled: boolean
}
type Poll = { after: number; answer: () => void; cut: () => void }

/** The server's end of the streams and polls of one session, in memory, with a line that can be made to fail. */
export function createFakeServer() {
  const log: Envelope[] = []
  const lines = new Set<Line>()
  const polls = new Set<Poll>()
  const requests: { path: string; lastEventId: string | null }[] = []
  const line = { isStalled: false, isUnreachable: false, isBuffered: false, isHtml: false, htmlStatus: 200 }
  const auth = { isTokenGood: true, renewsTo: true as boolean | 'unavailable', refreshes: 0 }
  let refusal: ErrorCode | null = null

  const after = (cursor: number) => log.filter(({ to }) => to > cursor)
  const latest = (): Envelope => ({
    ...testEnvelope(sessionId, log.length, true),
    presence: presenceOf(userId),
  })

  const openStream = (lastEventId: number, signal: AbortSignal | null | undefined): Response => {
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const opened: Line = {
          isStalled: false,
          say: (event, data) => {
            if (line.isBuffered || line.isStalled || opened.isStalled) return
            controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
          },
          end: () => {
            lines.delete(opened)
            controller.close()
          },
          cut: () => {
            lines.delete(opened)
            controller.error(new TypeError('terminated'))
          },
        }
        lines.add(opened)
        signal?.addEventListener('abort', () => lines.has(opened) && opened.cut())
        controller.enqueue(encoder.encode(': ok\n\n'))
        for (const envelope of after(lastEventId)) opened.say('envelope', envelope)
        opened.say('envelope', latest())
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
  }

  const holdPoll = (cursor: number, waitInMs: number, signal: AbortSignal | null | undefined) =>
    new Promise<Response>((resolve, reject) => {
      const answer = (): void => {
        if (line.isStalled) return
        forget()
        const missed = after(cursor)
        const items = missed.flatMap((envelope) => envelope.items)
        resolve(Response.json({ ...latest(), from: missed[0]?.from ?? log.length, items }))
      }
      const cut = (): void => {
        forget()
        reject(new TypeError('terminated'))
      }
      const timer = setTimeout(answer, waitInMs)
      const poll: Poll = { after: cursor, answer, cut }
      const forget = (): void => {
        clearTimeout(timer)
        polls.delete(poll)
      }
      polls.add(poll)
      signal?.addEventListener('abort', cut)
      if (after(cursor).length > 0) answer()
    })

  const refuse = (code: ErrorCode): Response =>
    Response.json({ error: { code } }, { status: statusByErrorCode[code] })

  const server: OwnServer = {
    random: () => 0.5,
    refreshAuth: async () => {
      auth.refreshes += 1
      if (auth.renewsTo === 'unavailable') throw new TypeError('Failed to fetch')
      auth.isTokenGood = auth.renewsTo
    },
    fetch: async (path, init) => {
      const lastEventId = new Headers(init.headers).get('last-event-id')
      requests.push({ path, lastEventId })
      if (line.isUnreachable) throw new TypeError('Failed to fetch')
      if (line.isStalled) {
        const { promise, reject } = Promise.withResolvers<Response>()
        init.signal?.addEventListener('abort', () => reject(new TypeError('aborted')))
        return promise
      }
      if (line.isHtml)
        return new Response('<h1>Welcome to our hotel</h1>', {
          status: line.htmlStatus,
          headers: { 'content-type': 'text/html' },
        })
      if (!auth.isTokenGood) return refuse('not_signed_in')
      if (refusal) return refuse(refusal)
      if (path.includes('/events')) return openStream(Number(lastEventId ?? log.length), init.signal)
      const query = new URL(path, 'http://app.test').searchParams
      return holdPoll(Number(query.get('after')), Number(query.get('waitInMs')), init.signal)
    },
  }

  return {
    server,
    requests,
    line,
    auth,
    openStreams: () => lines.size,
    heldPolls: () => polls.size,
    say: (): number => {
      const envelope = testEnvelope(sessionId, log.length + 1)
      log.push(envelope)
      for (const opened of lines) opened.say('envelope', envelope)
      for (const poll of polls) poll.answer()
      return envelope.to
    },
    sayRaw: (event: string, data: unknown): void => {
      for (const opened of lines) opened.say(event, data)
    },
    heartbeat: (): void => {
      for (const opened of lines) opened.say('envelope', latest())
    },
    bye: (bye: Bye): void => {
      for (const opened of [...lines]) {
        opened.say('bye', bye)
        opened.end()
      }
    },
    refuse: (code: ErrorCode | null): void => {
      refusal = code
    },
    cut: (): void => {
      for (const opened of [...lines]) opened.cut()
      for (const poll of [...polls]) poll.cut()
    },
    /** The streams that are open now go dead without a word; new ones do not. */
    stallOpenStreams: (): void => {
      for (const opened of lines) opened.isStalled = true
    },
  }
}
