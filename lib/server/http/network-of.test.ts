import { expect, it } from 'vitest'
import { networkOf } from './network-of.ts'

it('takes what the nearest proxy named, whatever the caller put in front', () => {
  const headers = new Headers({ 'x-forwarded-for': '1.2.3.4, 198.51.100.7' })
  expect(networkOf(headers)).toBe('198.51.100.7')
  expect(networkOf(new Headers())).toBe('unknown')
})
