import { expect, it } from 'vitest'
import { newsOfStanding, type Standing } from './news-of-standing.ts'

const now = 1_000
const listener: Standing = { role: 'listener', mutedUntil: null }
const muted: Standing = { role: 'listener', mutedUntil: now + 60_000 }

it('tells of an appointment, and of its end', () => {
  const moderator: Standing = { ...listener, role: 'moderator' }
  expect(newsOfStanding(listener, moderator, now)).toEqual([{ is: 'role', role: 'moderator' }])
  expect(newsOfStanding(moderator, listener, now)).toEqual([{ is: 'role', role: 'listener' }])
})

it('tells of a mute, of a longer one, and that it was lifted', () => {
  expect(newsOfStanding(listener, muted, now)).toEqual([{ is: 'muted', until: now + 60_000 }])
  const longer: Standing = { ...muted, mutedUntil: now + 600_000 }
  expect(newsOfStanding(muted, longer, now)).toEqual([{ is: 'muted', until: now + 600_000 }])
  expect(newsOfStanding(muted, listener, now)).toEqual([{ is: 'unmuted' }])
})

it('tells nothing where nothing was decided', () => {
  expect(newsOfStanding(muted, muted, now)).toEqual([])
  // What a later snapshot says of a mute that has ended by itself.
  expect(newsOfStanding(muted, listener, now + 60_001)).toEqual([])
})

it('tells both, where both were decided while the line was cut', () => {
  const both: Standing = { role: 'co_dj', mutedUntil: now + 60_000 }
  expect(newsOfStanding(listener, both, now)).toHaveLength(2)
})
