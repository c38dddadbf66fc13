import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMessageAnnouncer } from './announce-messages.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const message = (text: string) => `Ana: ${text}`

test('one message is read at once, a flood is counted', () => {
  const announce = vi.fn()
  const announcer = createMessageAnnouncer(announce)
  announcer.hear([message('hello')])
  expect(announce.mock.calls).toEqual([[[message('hello')]]])
  for (let index = 0; index < 20; index++) announcer.hear([message(String(index))])
  expect(announce).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(5_000)
  expect(announce).toHaveBeenCalledTimes(2)
  expect(announce.mock.calls[1]?.[0]).toHaveLength(20)
})

test('after a pause the next message is read at once again', () => {
  const announce = vi.fn()
  const announcer = createMessageAnnouncer(announce)
  announcer.hear([message('one')])
  vi.advanceTimersByTime(10_000)
  announcer.hear([message('two')])
  expect(announce).toHaveBeenCalledTimes(2)
})

test('nothing is read after the end', () => {
  const announce = vi.fn()
  const announcer = createMessageAnnouncer(announce)
  announcer.hear([message('one')])
  announcer.hear([message('two')])
  announcer.destroy()
  vi.advanceTimersByTime(60_000)
  expect(announce).toHaveBeenCalledTimes(1)
})
