import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBroadcastPush, encodeBroadcast } from './binary-broadcast.ts'

/** What realtime-js sends, written down from its serializer. */
function clientFrame(parts: string[], encoding: number, payload: Uint8Array): Uint8Array {
  const encoded = parts.map((part) => Buffer.from(part))
  return Buffer.concat([
    Buffer.from([3, ...encoded.map((part) => part.byteLength), encoding]),
    ...encoded,
    payload,
  ])
}

/** How realtime-js reads a broadcast. */
function readServerFrame(frame: Buffer) {
  const headerSize = (frame[1] ?? 0) < 126 ? 2 : frame[1] === 126 ? 4 : 10
  const bytes = frame.subarray(headerSize)
  const [kind, topicSize = 0, eventSize = 0, metaSize = 0, encoding] = bytes
  let offset = 5
  const take = (size: number) => {
    offset += size
    return bytes.subarray(offset - size, offset).toString()
  }
  return {
    kind,
    encoding,
    topic: take(topicSize),
    event: take(eventSize),
    meta: take(metaSize),
    payload: bytes.subarray(offset),
  }
}

const part = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => Buffer.byteLength(text) <= 255)
const bytes = fc.uint8Array({ maxLength: 500 })

describe('a broadcast of a client', () => {
  test('is read whatever its parts are', () => {
    fc.assert(
      fc.property(
        part,
        part,
        part,
        part,
        bytes,
        fc.boolean(),
        (joinRef, ref, topic, event, payload, isJson) => {
          const message = decodeBroadcastPush(
            clientFrame([joinRef, ref, topic, event, ''], isJson ? 1 : 0, payload),
          )
          expect(message).toEqual({
            joinRef: joinRef || null,
            ref: ref || null,
            topic,
            event: 'broadcast',
            payload: { event, encoding: isJson ? 'json' : 'binary', payload: Buffer.from(payload) },
          })
        },
      ),
    )
  })

  test('is refused when its head is cut off', () => {
    fc.assert(
      fc.property(part, part, fc.double({ min: 0, max: 0.999, noNaN: true }), (topic, event, share) => {
        const frame = clientFrame(['1', '2', topic, event, '{}'], 1, new Uint8Array())
        expect(decodeBroadcastPush(frame.subarray(0, Math.floor(share * frame.byteLength)))).toBeNull()
      }),
    )
  })

  test('no bytes whatever make the reader throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => void decodeBroadcastPush(noise)))
    fc.assert(
      fc.property(bytes, (noise) => void decodeBroadcastPush(Buffer.concat([Buffer.from([3]), noise]))),
    )
  })

  test('text that is not UTF-8 is refused', () => {
    const frame = clientFrame(['', '', 'ab', 'c', ''], 1, new Uint8Array())
    frame[7] = 0xff
    expect(decodeBroadcastPush(frame)).toBeNull()
  })
})

describe('a broadcast for clients', () => {
  test('is read by realtime-js as it was meant', () => {
    fc.assert(
      fc.property(
        part,
        part,
        bytes,
        fc.boolean(),
        fc.option(fc.uuid()),
        (topic, event, payload, isJson, id) => {
          const push = { event, encoding: isJson ? ('json' as const) : ('binary' as const), payload }
          const frame = encodeBroadcast(topic, push, id === null ? null : { id })
          const read = readServerFrame(frame ?? Buffer.alloc(0))
          expect(read).toEqual({
            kind: 4,
            encoding: isJson ? 1 : 0,
            topic,
            event,
            meta: id === null ? '' : JSON.stringify({ id }),
            payload: Buffer.from(payload),
          })
        },
      ),
    )
  })

  test('parts too long for their length byte are refused', () => {
    const push = { event: 'é'.repeat(128), encoding: 'json' as const, payload: Buffer.from('{}') }
    expect(encodeBroadcast('t', push, null)).toBeNull()
    expect(encodeBroadcast('t', { ...push, event: 'é'.repeat(127) }, null)).not.toBeNull()
  })
})
