import { expect, it } from 'vitest'
import cases from './reserved-name.cases.json' with { type: 'json' }
import { isReservedName } from './reserved-name.ts'

it.each(cases.reserved)('%s is reserved', (name) => {
  expect(isReservedName(name)).toBe(true)
})

it.each(cases.free)('%s is anybody’s', (name) => {
  expect(isReservedName(name)).toBe(false)
})
