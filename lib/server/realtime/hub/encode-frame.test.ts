import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { expect, it } from 'vitest'
import { bruno, createFakeSession } from '#lib/client/session/testing/fake-session.ts'
import { type Envelope, envelopeSchema } from '#lib/protocol/envelope.ts'
import { encodeFrame } from './encode-frame.ts'

function envelopeSaying(text: string): Envelope {
  const told: Envelope[] = []
  createFakeSession((envelope) => void told.push(envelope)).chat(bruno, text)
  return envelopeSchema.parse(told[0])
}

const texts = ['hola', 'canción 🎶', 'two\nlines\r\nand\u2028more', 'data: x\n\nid: 7', '']

it.each(texts)('makes one server-sent event of %j, with the cursor as its id', (text) => {
  const envelope = envelopeSaying(text)
  const events: EventSourceMessage[] = []
  createParser({ onEvent: (event) => void events.push(event) }).feed(encodeFrame(envelope).sse.toString())
  expect(events.map(({ id, event }) => ({ id, event }))).toEqual([{ id: '1', event: 'envelope' }])
  expect(JSON.parse(events[0]?.data ?? '')).toEqual(envelope)
})

it.each(texts)('wraps it into one chunk (RFC 9112, 7.1): %j', (text) => {
  const { chunk, sse } = encodeFrame(envelopeSaying(text))
  const headEnd = chunk.indexOf('\r\n')
  const length = Number.parseInt(chunk.toString('latin1', 0, headEnd), 16)
  expect(chunk.subarray(headEnd + 2, headEnd + 2 + length)).toEqual(sse)
  expect(chunk.toString('latin1', headEnd + 2 + length)).toBe('\r\n')
})

it('encodes once, however many ask', () => {
  const frame = encodeFrame(envelopeSaying('hola'))
  expect(frame.chunk).toBe(frame.chunk)
  expect(frame.sse).toBe(frame.sse)
  expect(frame.sse.buffer).toBe(frame.chunk.buffer)
})
