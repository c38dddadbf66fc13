import { expect, test } from 'vitest'
import { createAttempts } from './attempts.ts'

const counting = () => {
  let count = 0
  return () => String(++count)
}

test('what is asked for again has the same id, anything else another', () => {
  const { idFor } = createAttempts(counting())
  expect(idFor({ amount: 500 })).toBe('1')
  expect(idFor({ amount: 500 })).toBe('1')
  expect(idFor({ amount: 1_000 })).toBe('2')
  expect(idFor({ amount: 500 })).toBe('3')
})

test('once it is settled, the same is asked for anew', () => {
  const { idFor, settle } = createAttempts(counting())
  idFor({ amount: 500 })
  settle()
  expect(idFor({ amount: 500 })).toBe('2')
})
