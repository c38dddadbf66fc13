import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinPayload } from './join.ts'
import { decodeText, encodeText } from './message.ts'

const reference = fc.option(fc.string())
const anyMessage = fc.record({
  joinRef: reference,
  ref: reference,
  topic: fc.string(),
  event: fc.string(),
  payload: fc.jsonValue(),
})

test.each([1, 2] as const)('messages of version %i are read as they were written', (version) => {
  fc.assert(
    fc.property(anyMessage, ({ payload, ...head }) => {
      const json = JSON.stringify(payload)
      const frame = encodeText(version, head, json)
      const headerSize = (frame[1] ?? 0) < 126 ? 2 : 4
      const text = frame.subarray(headerSize).toString()
      expect(decodeText(version, text)).toEqual({ ...head, payload: JSON.parse(json) })
    }),
  )
})

test.each(['', '{', '[]', '["1","2","t"]', '[1,2,3,4,5]', '{"topic":"t"}', 'null', '"text"'])(
  '%j is no message',
  (text) => {
    expect(decodeText(1, text)).toBeNull()
    expect(decodeText(2, text)).toBeNull()
  },
)

test('flags of a join may be texts, and nonsense counts as absent', () => {
  const read = (config: object) => joinPayload.parse({ config }).config
  expect(read({ private: 'TRUE', broadcast: { self: 'false', ack: true } })).toMatchObject({
    private: true,
    broadcast: { self: false, ack: true },
  })
  expect(read({ private: 3, postgres_changes: 'no' })).toEqual({})
  expect(joinPayload.parse({}).config).toEqual({})
})
