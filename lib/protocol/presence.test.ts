import { expect, it } from 'vitest'
import { parsePresence } from './presence.ts'

const [ana, bruno] = [1, 2].map((number) => `00000000-0000-4000-8000-00000000000${number}`)

it('finds the people and the hubs among whatever stands there', () => {
  const hub = { instance: 'one', userIds: [ana], count: 7 }
  const state = {
    a: [{ presence_ref: 'x', userId: ana, name: 'Somebody Else' }],
    b: [
      { presence_ref: 'y', userId: 'nobody' },
      { presence_ref: 'z', userId: bruno },
    ],
    c: [{ presence_ref: 'w', ...hub }],
    d: [{ ...hub, count: -1 }, { ...hub, count: 1e9 }, { ...hub, userIds: 'all' }, null, 7],
  }
  expect(parsePresence(state)).toEqual([{ userId: ana }, { userId: bruno }, hub])
  expect(parsePresence(null)).toEqual([])
})
