import { expect, test } from 'vitest'
import { allowedRedirect } from './redirects.ts'

const site = 'http://localhost:3000'

test.each([
  'http://localhost:3000/s/disco',
  'http://127.0.0.1:4000/',
  'http://192.168.0.12:3000/a?b=c',
  'http://10.0.0.3:3000/',
  'http://172.20.1.1:3000/',
])('%s may be led to', (wanted) => {
  expect(allowedRedirect(wanted, site)).toBe(wanted)
})

test.each([
  undefined,
  '',
  '/path',
  'https://evil.example/',
  'http://192.168.0.12.evil.example/',
  'http://localhost@evil.example/',
  'javascript:alert(1)',
  'http://172.32.0.1/',
])('%s falls back to the app', (wanted) => {
  expect(allowedRedirect(wanted, site)).toBe(site)
})
