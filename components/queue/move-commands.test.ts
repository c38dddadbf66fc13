import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Move, moved, movesTo } from './move-commands.ts'

function apply(itemIds: readonly string[], moves: readonly Move[]): string[] {
  return moves.reduce<string[]>(
    (order, { itemId, beforeItemId }) => {
      const others = order.filter((id) => id !== itemId)
      others.splice(others.indexOf(beforeItemId), 0, itemId)
      return others
    },
    [...itemIds],
  )
}

test('whatever place an item is brought to, it stands there and the others keep their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.nat(),
      (ids, a, b) => {
        const from = a % ids.length
        const to = b % ids.length
        const expected = ids.filter((_, index) => index !== from)
        expected.splice(to, 0, ids[from] ?? '')
        expect(apply(ids, movesTo(ids, from, to))).toEqual(expected)
        expect(moved(ids, from, to)).toEqual(expected)
      },
    ),
  )
})

test('a move up is one command', () => {
  expect(movesTo(['a', 'b', 'c'], 2, 0)).toEqual([{ itemId: 'c', beforeItemId: 'a' }])
})
