import { expect, it } from 'vitest'
import { withoutBlocked } from './without-blocked.ts'

const messages = [{ authorId: 'ana' }, { authorId: 'eve' }, { authorId: 'ana' }]

it('leaves out whom one blocks, and keeps the same list where that is nobody', () => {
  expect(withoutBlocked(messages, new Set(['eve']))).toEqual([{ authorId: 'ana' }, { authorId: 'ana' }])
  expect(withoutBlocked(messages, new Set())).toBe(messages)
})

it('leaves out their tips, and keeps those of whom nobody knows', () => {
  const tips = [{ giverId: 'eve' }, { giverId: null }]
  expect(withoutBlocked(tips, new Set(['eve']))).toEqual([{ giverId: null }])
  expect(withoutBlocked([{ userId: 'eve' }, { userId: 'ana' }], new Set(['eve']))).toEqual([
    { userId: 'ana' },
  ])
})
