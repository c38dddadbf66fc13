import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { type CatchUp, catchUpSchema } from '#lib/protocol/envelope.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { pollWaitMaxInMs } from '#lib/protocol/stream.ts'
import { type Failure, failed, type OwnServer, readFailure } from './own-server.ts'
import type { Transport, TransportListener } from './transport.ts'

/** Hardly a wait: shows that the line is open, and who is here. */
const quickWaitInMs = 1
/** Beyond its waiting the server must answer within this time, */
const answersWithinInMs = 8_000
/** and within this one where the line is suspected to be dead. */
const suspectAnswersWithinInMs = 3_000
/** Until there is a snapshot there is no cursor to ask from: it is on its way. */
const cursorEveryInMs = 100
/** A held poll that brought nothing new must not be answered sooner, or the next one waits. */
const fruitlessWithinInMs = 1_000
const fruitlessMax = 3

/**
 * The way down for networks that let nothing else through: one request after the other, each held by the server until
 * there is something new. The first one, and the first after a failure, is answered at once, which opens the line.
 */
export function createLongPoll(server: OwnServer): Transport {
  return {
    open: (sessionId, listener) => {
      let asking = new AbortController()
      let status: 'connecting' | 'open' | 'down' = 'connecting'
      let attempt = 0
      let hasRefreshed = false
      /** How many are here, as last told. */
      let hereCount: number | null = null

      const say = (next: 'open' | 'down', retryInMs: number | null): void => {
        if (next === status) return
        status = next
        listener.onState(next === 'open' ? { status: next, way: 'long_poll' } : { status: next, retryInMs })
      }

      const refuse = (code: ErrorCode): void => {
        asking.abort()
        listener.onRefused(code)
      }

      /** Deals with a failure; gives how long to wait before asking again. */
      const onFailure = async (failure: Failure): Promise<number> => {
        if (failure.is === 'refused') refuse(failure.code)
        else if (failure.is === 'unauthorised' && hasRefreshed) refuse('not_signed_in')
        else if (failure.is === 'unauthorised') {
          hasRefreshed = await server.refreshAuth().then(
            () => true,
            () => false,
          )
          if (hasRefreshed) return 0
        }
        const retryInMs = failure.is === 'failed' ? failure.retryInMs : null
        if (!asking.signal.aborted) say('down', retryInMs)
        return retryInMs ?? nextRetryDelayInMs(attempt++, server.random)
      }

      const ask = async (signal: AbortSignal, firstPatienceInMs: number): Promise<void> => {
        let patienceInMs = firstPatienceInMs
        let waitInMs = quickWaitInMs
        let fruitless = 0
        while (!signal.aborted) {
          const after = listener.cursor()
          if (after === null) {
            await pause(cursorEveryInMs, signal)
            continue
          }
          const askedAtInMs = Date.now()
          const known = `${knownRevs(listener)}${hereCount === null ? '' : `&here=${hereCount}`}`
          const path = `/api/sessions/${sessionId}/poll?after=${after}&waitInMs=${waitInMs}${known}`
          const answer = await pollOnce(server, path, signal, waitInMs + patienceInMs)
          if (signal.aborted) return
          patienceInMs = answersWithinInMs
          if ('is' in answer) {
            waitInMs = quickWaitInMs
            await pause(await onFailure(answer), signal)
            continue
          }
          attempt = 0
          hasRefreshed = false
          say('open', null)
          if (!('reset' in answer)) hereCount = answer.presence?.count ?? hereCount
          const isNews = deliver(answer, after, listener)
          const isHasty = waitInMs > quickWaitInMs && Date.now() - askedAtInMs < fruitlessWithinInMs
          fruitless = isNews || !isHasty ? 0 : Math.min(fruitless + 1, fruitlessMax)
          waitInMs = pollWaitMaxInMs
          if (fruitless > 0) await pause(nextRetryDelayInMs(fruitless, server.random), signal)
        }
      }

      const begin = (patienceInMs: number): void => {
        asking.abort()
        asking = new AbortController()
        void ask(asking.signal, patienceInMs)
      }

      listener.onState({ status: 'connecting' })
      begin(answersWithinInMs)
      return {
        check: () => {
          attempt = 0
          begin(suspectAnswersWithinInMs)
        },
        close: () => asking.abort(),
      }
    },
  }
}

/** Hands an answer over; gives whether it brought what was not known. */
function deliver(answer: CatchUp, after: number, listener: TransportListener): boolean {
  if ('reset' in answer) {
    listener.onGap()
    return false
  }
  const revsBefore = knownRevs(listener)
  listener.onEnvelope(answer)
  if (answer.presence) listener.onPresence(answer.presence)
  return answer.reactions !== undefined || listener.cursor() !== after || knownRevs(listener) !== revsBefore
}

function knownRevs(listener: TransportListener): string {
  const revs = listener.revs()
  return revs ? `&revs=${revs.playback}.${revs.tallies}.${revs.dj}` : ''
}

async function pollOnce(
  server: OwnServer,
  path: string,
  signal: AbortSignal,
  timeoutInMs: number,
): Promise<CatchUp | Failure> {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const timer = setTimeout(abort, timeoutInMs)
  signal.addEventListener('abort', abort, { once: true })
  try {
    const response = await server.fetch(path, { cache: 'no-store', signal: controller.signal })
    if (!response.ok) return await readFailure(response)
    return catchUpSchema.parse(await response.json())
  } catch {
    return failed
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

/** Waits, but not beyond the end. */
function pause(delayInMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, delayInMs)
    signal.addEventListener('abort', end, { once: true })
  })
}
