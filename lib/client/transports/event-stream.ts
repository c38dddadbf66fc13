import { createParser } from 'eventsource-parser'
import { streamHeartbeatInMs } from '#lib/protocol/stream.ts'
import { type Failure, failed, type OwnServer, readFailure } from './own-server.ts'

/** The server must begin to answer within this time, */
const answersWithinInMs = 10_000
/** and then say something at once; of what a buffering proxy keeps back nothing comes. */
const firstEventWithinInMs = 3_000
const silenceMaxInMs = 2.5 * streamHeartbeatInMs

export type EventStream = {
  /** Since when nothing was heard, in epoch ms, which also counts while the computer sleeps. */
  heardAtInMs: () => number
  /** Ends it without a word: neither of the callbacks is called any more. */
  abort: () => void
}

/**
 * One response of server-sent events (WHATWG HTML, 9.2), read with `fetch`: unlike `EventSource` it tells the status of a
 * refusal and lets a new stream be opened beside. Once it fails, falls silent or ends, `onEnd` is called, once.
 */
export function openEventStream(options: {
  fetch: OwnServer['fetch']
  path: string
  lastEventId: number | null
  onEvent: (name: string, data: string) => void
  onEnd: (failure: Failure) => void
}): EventStream {
  const { fetch, path, lastEventId, onEvent, onEnd } = options
  const controller = new AbortController()
  let heardAtInMs = Date.now()
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const abort = (): void => {
    isOver = true
    clearTimeout(timer)
    controller.abort()
  }
  const end = (failure: Failure): void => {
    if (isOver) return
    abort()
    onEnd(failure)
  }
  const endAfter = (delayInMs: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => end(failed), delayInMs)
  }
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => {
      if (isOver) return
      endAfter(silenceMaxInMs)
      onEvent(event, data)
    },
  })

  const read = async (): Promise<Failure> => {
    const headers: Record<string, string> = { accept: 'text/event-stream' }
    if (lastEventId !== null) headers['last-event-id'] = String(lastEventId)
    const response = await fetch(path, { headers, cache: 'no-store', signal: controller.signal })
    if (!response.ok) return readFailure(response)
    if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body)
      return failed
    endAfter(firstEventWithinInMs)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done && !isOver; part = await reader.read()) {
      heardAtInMs = Date.now()
      parser.feed(part.value)
    }
    return failed
  }

  endAfter(answersWithinInMs)
  read().then(end, () => end(failed))
  return { heardAtInMs: () => heardAtInMs, abort }
}
