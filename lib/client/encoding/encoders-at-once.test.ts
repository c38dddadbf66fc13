import { expect, it } from 'vitest'
import { encodersAtOnce } from './encoders-at-once.ts'

it.each([
  [undefined, 1],
  [1, 1],
  [2, 1],
  [4, 3],
  [5, 4],
  [64, 4],
])('of %s cores leaves one to the page: %i encoders', (cores, expected) => {
  expect(encodersAtOnce(cores)).toBe(expected)
})
