import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import { en } from '#lib/i18n/messages/en.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { CodeForm } from './code-form.tsx'
import type { CodeAddress } from './use-one-time-code.ts'

type Step = { sentTo: CodeAddress | null; refusal: ErrorCode | null }
const to: CodeAddress = { channel: 'phone', address: '+34600111222' }
const step = vi.hoisted(() => ({ current: {} as Step }))
vi.mock('./use-one-time-code.ts', () => ({
  useOneTimeCode: () => ({ ...step.current, askedFor: to, isBusy: false, secondsLeft: 0 }),
}))
vi.mock('./use-captcha.tsx', () => ({ useCaptcha: () => ({ widget: <i>captcha</i> }) }))

it.each<[string, Step]>([
  ['Phone number', { sentTo: null, refusal: null }],
  ['Send another code', { sentTo: to, refusal: null }],
  ['Sign in to that account', { sentTo: null, refusal: 'address_taken' }],
])('has the captcha, once, where “%s” asks for a code', (label, current) => {
  step.current = current
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <CodeForm channel="phone" purpose="add" next="/" isGuest onDone={() => undefined} />
    </NextIntlClientProvider>,
  )
  expect(html).toContain(label)
  expect(html.split('<i>captcha</i>')).toHaveLength(2)
})
