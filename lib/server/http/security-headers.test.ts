import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, httpsHeaders } from './security-headers.ts'

function directivesOf(policy: string): Record<string, string[]> {
  const entries = policy.split('; ').map((directive) => directive.split(' '))
  return Object.fromEntries(entries.map(([name, ...sources]) => [name, sources]))
}

describe('contentSecurityPolicy', () => {
  const options = {
    nonce: 'abc123',
    supabaseUrl: 'https://xyz.supabase.co',
    isDev: false,
    hasCaptcha: false,
    shopUrl: null,
  }
  const directives = directivesOf(contentSecurityPolicy(options))

  it('runs no script without the nonce, and evaluates none', () => {
    expect(directives['script-src']).toEqual([
      "'self'",
      "'nonce-abc123'",
      "'strict-dynamic'",
      "'wasm-unsafe-eval'",
    ])
    expect(directives['style-src-elem']).not.toContain("'unsafe-inline'")
  })
  it('lets the page speak with Supabase over http and WebSocket, and with nobody else', () => {
    expect(directives['connect-src']).toEqual(["'self'", 'https://xyz.supabase.co', 'wss://xyz.supabase.co'])
    expect(directives['media-src']).toContain('https://xyz.supabase.co')
  })
  it('frames nothing but the captcha, where one is asked for', () => {
    expect(directives['frame-src']).toBeUndefined()
    const withCaptcha = directivesOf(contentSecurityPolicy({ ...options, hasCaptcha: true }))
    expect(withCaptcha['frame-src']).toEqual(['https://challenges.cloudflare.com'])
  })
  it('lets RevenueCat and Stripe in where something is sold, and nowhere else', () => {
    const policy = contentSecurityPolicy({ ...options, shopUrl: 'https://api.revenuecat.com' })
    const selling = directivesOf(policy)
    expect(selling['connect-src']).toEqual([
      ...(directives['connect-src'] ?? []),
      'https://api.revenuecat.com',
      'https://api.stripe.com',
    ])
    expect(selling['frame-src']).toContain('https://js.stripe.com')
    expect(selling['style-src-elem']).toEqual(["'self'", "'unsafe-inline'"])
    expect(selling['script-src']).toEqual(directives['script-src'])
    const withCaptcha = contentSecurityPolicy({ ...options, hasCaptcha: true, shopUrl: 'https://a.example' })
    expect(directivesOf(withCaptcha)['frame-src']?.slice(0, 2)).toEqual([
      'https://challenges.cloudflare.com',
      'https://js.stripe.com',
    ])
    expect(contentSecurityPolicy(options)).not.toMatch(/stripe|revenuecat|cloudfront|elem[^;]*unsafe-inline/)
  })
  it('lets nobody frame the page or move its base', () => {
    expect(directives['frame-ancestors']).toEqual(["'none'"])
    expect(directives['base-uri']).toEqual(["'none'"])
  })
})

describe('httpsHeaders', () => {
  it('are for https only', () => {
    expect(httpsHeaders('https://sound.example')).toMatchObject({
      'strict-transport-security': 'max-age=31536000',
    })
    expect(httpsHeaders('http://192.168.1.7:3000')).toEqual({})
  })
})
