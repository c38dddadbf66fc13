import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { expect, vi } from 'vitest'
import { type Envelope, envelopeSchema } from '#lib/protocol/envelope.ts'
import { type Bye, byeSchema, streamEventNames } from '#lib/protocol/stream.ts'

export type ReadStream = {
  status: number
  headers: IncomingMessage['headers']
  /** Everything that came so far, as it came. */
  text: () => string
  envelopes: () => Envelope[]
  messages: () => string[]
  count: (eventName: string) => number
  bye: () => Bye | null
  lastEventId: () => string | null
  /** Resolves when the server has ended it, to whether it did so in order. */
  ended: Promise<'ended' | 'cut'>
  abort: () => void
}

/** Opens a stream as a client does; resolves with the head of the answer. */
export function readStream(url: string, headers: Record<string, string>): Promise<ReadStream> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, { headers, agent: false }, (response) =>
      resolve(follow(request, response)),
    )
    request.once('error', reject)
  })
}

function follow(request: ClientRequest, response: IncomingMessage): ReadStream {
  const events: EventSourceMessage[] = []
  const envelopes: Envelope[] = []
  const messages: string[] = []
  const onEvent = (event: EventSourceMessage): void => {
    events.push(event)
    if (event.event !== streamEventNames.envelope) return
    const envelope = envelopeSchema.parse(JSON.parse(event.data))
    envelopes.push(envelope)
    for (const item of envelope.items) if (item.kind === 'chat.sent') messages.push(item.payload.text)
  }
  const parser = createParser({ onEvent })
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    parser.feed(chunk)
  })
  const named = (name: string) => events.filter(({ event }) => event === name)
  request.on('error', () => {})
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: () => text,
    envelopes: () => envelopes,
    messages: () => messages,
    count: (name) => named(name).length,
    bye: () => {
      const [said] = named(streamEventNames.bye)
      return said ? byeSchema.parse(JSON.parse(said.data)) : null
    },
    lastEventId: () => events.findLast(({ id }) => id !== undefined)?.id ?? null,
    ended: new Promise((resolve) => {
      response.once('error', () => resolve('cut'))
      response.once('close', () => resolve(response.complete ? 'ended' : 'cut'))
    }),
    abort: () => request.destroy(),
  }
}

export const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 15_000, interval: 5 })

export function expectGapless(envelopes: readonly Envelope[], after: number): void {
  let cursor = after
  for (const { from, to, items } of envelopes) {
    expect(from).toBe(cursor)
    expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: to - from }, (_, i) => from + i + 1))
    cursor = to
  }
}
