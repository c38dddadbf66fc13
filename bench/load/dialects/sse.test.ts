import { expect, test } from 'vitest'
import { sse } from './sse.ts'

const event = (to: number): string => `event: envelope\nid: ${to}\ndata: {"to":${to}}\n\n`
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const response = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n`

function listen() {
  const seen: unknown[] = []
  const errors: string[] = []
  let opened = 0
  const conversation = sse(
    { dialect: 'sse', port: 1, path: '/', sessionId: '' },
    {
      send: () => {},
      onOpen: () => opened++,
      onEnvelope: (envelope) => seen.push(envelope),
      onError: (why) => errors.push(why),
    },
  )
  return { conversation, seen, errors, opened: () => opened }
}

test('events are found however the bytes are cut, and a boundary is known', () => {
  const bytes = Buffer.from(response + chunk(event(1) + event(2)) + chunk(': ping\n\n') + chunk(event(3)))
  for (let cut = 1; cut < bytes.length; cut++) {
    const { conversation, seen, opened } = listen()
    conversation.push(bytes.subarray(0, cut))
    conversation.push(bytes.subarray(cut))
    expect(seen).toEqual([{ to: 1 }, { to: 2 }, { to: 3 }])
    expect(opened()).toBe(1)
    expect(conversation.isAtBoundary()).toBe(true)
  }
})

test('an event in two chunks is one event, and between them is no boundary', () => {
  const { conversation, seen } = listen()
  const text = event(1)
  conversation.push(Buffer.from(response + chunk(text.slice(0, 20))))
  expect(conversation.isAtBoundary()).toBe(false)
  conversation.push(Buffer.from(chunk(text.slice(20))))
  expect(seen).toEqual([{ to: 1 }])
})

test('a refusal is told', () => {
  const { conversation, errors } = listen()
  conversation.push(Buffer.from('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno'))
  expect(errors).toHaveLength(1)
})
