import { describe, expect, it } from 'vitest'
import { appOrigin, isOwnOrigin } from './app-origin.ts'

const headers = (entries: Record<string, string>) => new Headers(entries)

describe('appOrigin', () => {
  it('is what the browser called', () => {
    expect(appOrigin(headers({ host: '192.168.1.7:3000' }))).toBe('http://192.168.1.7:3000')
    expect(appOrigin(headers({ host: '[::1]:3000' }))).toBe('http://[::1]:3000')
  })
  it('believes a reverse proxy', () => {
    const forwarded = {
      host: '127.0.0.1:3000',
      'x-forwarded-host': 'Sound.example',
      'x-forwarded-proto': 'https',
    }
    expect(appOrigin(headers(forwarded))).toBe('https://sound.example')
  })
  it('takes nothing that is no host', () => {
    expect(appOrigin(headers({ host: 'x"; script-src *' }))).toBe('http://localhost')
  })
})

describe('isOwnOrigin', () => {
  it('sees through default ports', () => {
    expect(
      isOwnOrigin(headers({ origin: 'https://sound.example', 'x-forwarded-host': 'sound.example:443' })),
    ).toBe(true)
  })
  it('refuses what is absent, opaque or another', () => {
    expect(isOwnOrigin(headers({ host: 'a.test' }))).toBe(false)
    expect(isOwnOrigin(headers({ host: 'a.test', origin: 'null' }))).toBe(false)
    expect(isOwnOrigin(headers({ host: 'a.test', origin: 'http://a.test.evil' }))).toBe(false)
  })
})
