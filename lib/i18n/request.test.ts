import { expect, test, vi } from 'vitest'
import type { Locale } from './locales.ts'

const spanishCookie = { get: () => ({ value: 'es' }) }

vi.mock('next-intl/server', () => ({ getRequestConfig: (create: unknown) => create }))
vi.mock('next/headers', () => ({ cookies: async () => spanishCookie, headers: async () => new Headers() }))

type Create = (params: { locale?: Locale }) => Promise<{ locale: string; messages: { meta: unknown } }>

test('a language that an address names goes before those of whoever asks', async () => {
  const { default: create } = (await import('./request.ts')) as unknown as { default: Create }
  const [asked, english, spanish] = [
    await create({}),
    await create({ locale: 'en' }),
    await create({ locale: 'es' }),
  ]
  expect(asked.locale).toBe('es')
  expect(english.locale).toBe('en')
  expect(english.messages.meta).not.toEqual(spanish.messages.meta)
})
