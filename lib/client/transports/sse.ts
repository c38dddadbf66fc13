import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { envelopeSchema } from '#lib/protocol/envelope.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { byeSchema, streamEventNames, streamHeartbeatInMs } from '#lib/protocol/stream.ts'
import { type EventStream, openEventStream } from './event-stream.ts'
import type { Failure, OwnServer } from './own-server.ts'
import { parseJson } from './parse-json.ts'
import type { Transport } from './transport.ts'

/** A stream that is suspected to be dead has this long to be replaced before that is said. */
const suspectReplacedWithinInMs = 3_000
/** Where the token could not be renewed, a new stream is told to renew at once: not again and again without a pause. */
const renewEveryInMs = 15_000

/**
 * The way down over server-sent events. At most two streams are open: the one that serves, and for a moment the one that
 * is to replace it, when the token ends or the line may be dead, so that nobody notices. A stream resumes at the cursor.
 */
export function createSse(server: OwnServer): Transport {
  return {
    open: (sessionId, listener) => {
      let serving: EventStream | null = null
      let opening: EventStream | null = null
      let isDown = false
      let attempt = 0
      let hasRefreshed = false
      let renewedAtInMs = 0
      let closed = false
      let startTimer: ReturnType<typeof setTimeout> | undefined
      let suspicionTimer: ReturnType<typeof setTimeout> | undefined

      const close = (): void => {
        closed = true
        clearTimeout(startTimer)
        clearTimeout(suspicionTimer)
        serving?.abort()
        opening?.abort()
      }

      const start = (): void => {
        clearTimeout(startTimer)
        if (opening || closed) return
        const stream = openEventStream({
          fetch: server.fetch,
          path: `/api/sessions/${sessionId}/events`,
          lastEventId: listener.cursor(),
          onEvent: (name, data) => onEvent(stream, name, parseJson(data)),
          onEnd: (failure) => onEnd(stream, failure),
        })
        opening = stream
      }

      const startAfter = (begin: () => void, delayInMs: number): void => {
        clearTimeout(startTimer)
        startTimer = setTimeout(begin, delayInMs)
      }
      const retry = (retryInMs: number | null): void =>
        startAfter(start, retryInMs ?? nextRetryDelayInMs(attempt++, server.random))

      const refreshAndStart = async (): Promise<void> => {
        try {
          await server.refreshAuth()
          hasRefreshed = true
          start()
        } catch {
          if (!opening && !closed) retry(null)
        }
      }

      const renew = (): void => {
        const pauseInMs = Math.max(0, renewedAtInMs + renewEveryInMs - Date.now())
        renewedAtInMs = Date.now() + pauseInMs
        if (!opening) startAfter(() => void refreshAndStart(), pauseInMs)
      }

      const sayDown = (retryInMs: number | null): void => {
        if (!isDown) listener.onState({ status: 'down', retryInMs })
        isDown = true
      }

      const takeOver = (stream: EventStream): void => {
        clearTimeout(suspicionTimer)
        const isNews = serving === null
        serving?.abort()
        serving = stream
        opening = null
        attempt = 0
        hasRefreshed = false
        isDown = false
        if (isNews) listener.onState({ status: 'open', way: 'sse' })
      }

      const onEnvelope = (stream: EventStream, data: unknown): void => {
        const envelope = envelopeSchema.safeParse(data)
        if (!envelope.success) return
        if (stream === opening) takeOver(stream)
        listener.onEnvelope(envelope.data)
        if (envelope.data.presence) listener.onPresence(envelope.data.presence)
      }

      const onEvent = (stream: EventStream, name: string, data: unknown): void => {
        if (name === streamEventNames.envelope) onEnvelope(stream, data)
        else if (name === streamEventNames.renew) renew()
        else if (name === streamEventNames.bye) {
          stream.abort()
          onEnd(stream, meaningOfBye(data))
        }
      }

      const refuse = (code: ErrorCode): void => {
        close()
        listener.onRefused(code)
      }

      const onEnd = (stream: EventStream, failure: Failure): void => {
        const isStillUnauthorised = failure.is === 'unauthorised' && hasRefreshed && stream === opening
        if (stream === opening) opening = null
        if (stream === serving) serving = null
        const retryInMs = failure.is === 'failed' ? failure.retryInMs : null
        if (failure.is === 'refused') refuse(failure.code)
        else if (isStillUnauthorised) refuse('not_signed_in')
        else {
          if (!serving) sayDown(retryInMs)
          if (failure.is === 'unauthorised') void refreshAndStart()
          else if (!opening) retry(retryInMs)
        }
      }

      const onSuspicion = (): void => {
        serving?.abort()
        serving = null
        opening?.abort()
        opening = null
        sayDown(null)
        retry(null)
      }

      listener.onState({ status: 'connecting' })
      start()
      return {
        check: (reason) => {
          attempt = 0
          const silentForInMs = serving ? Date.now() - serving.heardAtInMs() : 0
          if (serving && reason === 'woke' && silentForInMs <= streamHeartbeatInMs) return
          opening?.abort()
          opening = null
          start()
          clearTimeout(suspicionTimer)
          if (serving) suspicionTimer = setTimeout(onSuspicion, suspectReplacedWithinInMs)
        },
        close,
      }
    },
  }
}

/** The server has its reasons to close a stream; only a ban is for good. */
function meaningOfBye(data: unknown): Failure {
  const bye = byeSchema.safeParse(data).data
  if (bye?.reason === 'banned') return { is: 'refused', code: 'banned' }
  if (bye?.reason === 'expired') return { is: 'unauthorised' }
  return { is: 'failed', retryInMs: bye?.retryInMs ?? null }
}
