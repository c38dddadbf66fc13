import { expect, it } from 'vitest'
import { type NudgeBook, nudgeFor, withNudge } from './nudge-book.ts'
import type { DeviceNudge } from './stored-sound.ts'

const nudge = (nudgeInMs: number): DeviceNudge => ({ nudgeInMs, by: 'hand', uncertaintyInMs: null })
const read = (book: NudgeBook, ...keys: string[]) => keys.map((key) => nudgeFor(book, key)?.nudgeInMs ?? 0)

it('keeps a nudge for each device', () => {
  const book = withNudge(withNudge({}, 'device:a', nudge(1)), 'device:b', nudge(2))
  expect(read(book, 'device:a', 'device:b', 'device:c', 'default')).toEqual([1, 2, 0, 0])
  expect(read(withNudge(book, 'device:a', null), 'device:a', 'device:b')).toEqual([0, 2])
})

it('knows the default output again, whether the browser names it or not', () => {
  const unnamed = withNudge({}, 'default', nudge(5))
  expect(read(unnamed, 'default', 'default:speakers')).toEqual([5, 5])
  const named = withNudge(unnamed, 'default:speakers', nudge(7))
  expect(read(named, 'default', 'default:speakers')).toEqual([7, 7])
})

it('takes no nudge for another default output', () => {
  const book = withNudge({}, 'default:speakers', nudge(7))
  expect(read(book, 'default:headphones')).toEqual([0])
})

it('forgets a default’s under both names', () => {
  const book = withNudge(withNudge({}, 'default:speakers', nudge(7)), 'default:speakers', null)
  expect(read(book, 'default', 'default:speakers')).toEqual([0, 0])
})
