import { describe, expect, it } from 'vitest'
import { unitePresence } from './presence.ts'

const [ana, bruno, carla] = [1, 2, 3].map((number) => `00000000-0000-4000-8000-00000000000${number}`)

describe('unitePresence', () => {
  it('counts a person with several windows once, on whatever ways', () => {
    const state = {
      a: [{ userId: ana }, { userId: ana }],
      b: [{ instance: 'one', userIds: [ana, bruno], count: 2 }],
    }
    expect(unitePresence(state)).toEqual({ count: 2, userIds: [ana, bruno] })
  })

  it('adds those whom a hub counts without naming them', () => {
    const state = {
      a: [{ userId: carla }],
      b: [{ instance: 'one', userIds: [ana, bruno], count: 5_000 }],
      c: [{ instance: 'two', userIds: [], count: 300 }],
    }
    expect(unitePresence(state).count).toBe(3 + 4_998 + 300)
  })

  it('counts a hub that came back under another key once, by its latest word', () => {
    const state = {
      old: [{ instance: 'one', userIds: [ana], count: 900 }],
      new: [{ instance: 'one', userIds: [ana], count: 11 }],
    }
    expect(unitePresence(state).count).toBe(11)
  })

  it('takes no count from a hub that claims more than there can be', () => {
    const state = { a: [{ userId: ana }], b: [{ instance: 'x', userIds: [], count: 1e9 }] }
    expect(unitePresence(state)).toEqual({ count: 1, userIds: [ana] })
  })

  it('leaves out what is neither', () => {
    const state = { a: [{ userId: 'everybody' }, null, 7], b: [{ instance: 'x', userIds: [], count: -4 }] }
    expect(unitePresence(state)).toEqual({ count: 0, userIds: [] })
    expect(unitePresence('nonsense')).toEqual({ count: 0, userIds: [] })
  })
})
