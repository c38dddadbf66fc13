import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { en } from '#lib/i18n/messages/en.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import type { GivenTip } from '#lib/protocol/tips.ts'
import { GivenTipStatus } from './given-tip-status.tsx'

const config: PublicConfig = {
  supabaseUrl: 'http://localhost:54321',
  supabaseKey: '',
  appUrl: 'http://localhost:3000',
  maxTrackMinutes: 60,
  encodesOriginals: false,
  captchaSiteKey: null,
  vapidPublicKey: null,
  payments: 'test',
  plus: 'off',
}
const tip: GivenTip = {
  tipId: '5b1c9a52-0000-4000-8000-000000000001',
  status: 'paid',
  amount: 1_250,
  currency: 'eur',
  djName: 'Marta',
  sessionSlug: 'friday',
}
const shown = (changes: Partial<GivenTip>, payments = config.payments) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <PublicConfigContext value={{ ...config, payments }}>
        <GivenTipStatus tip={{ ...tip, ...changes }} />
      </PublicConfigContext>
    </NextIntlClientProvider>,
  )

test.each<[GivenTip['status'], string]>([
  ['begun', 'No payment of €12.50 has arrived yet.'],
  ['open', 'No payment of €12.50 has arrived yet.'],
  ['expired', 'Your tip of €12.50 was not paid.'],
  ['failed', 'Your tip of €12.50 was not paid.'],
  ['paid', 'Your tip of €12.50 for Marta is paid.'],
  ['partly_refunded', 'A part of your tip of €12.50 was given back.'],
  ['refunded', 'Your tip of €12.50 was given back.'],
])('a tip that is %s says “%s”', (status, text) => {
  expect(shown({ status })).toContain(text)
})

test('where the DJ and the session are gone, the tip is still there', () => {
  const html = shown({ djName: null, sessionSlug: null })
  expect(html).toContain('Your tip of €12.50 is paid.')
  expect(html).not.toContain('Back to the room')
})

test('where no money moves, that is said', () => {
  expect(shown({})).toContain('Test payments: no money moves.')
  expect(shown({}, 'live')).not.toContain('Test payments')
})
