import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { SWRConfig } from 'swr'
import { expect, test } from 'vitest'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { en } from '#lib/i18n/messages/en.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import type { PaymentsStatus } from '#lib/protocol/tips.ts'
import { TipGoalPanel } from './tip-goal-panel.tsx'

const config: PublicConfig = {
  supabaseUrl: 'http://localhost:54321',
  supabaseKey: '',
  appUrl: 'http://localhost:3000',
  maxTrackMinutes: 60,
  encodesOriginals: false,
  captchaSiteKey: null,
  vapidPublicKey: null,
  payments: 'live',
  plus: 'off',
}
const account = {
  chargesEnabled: false,
  payoutsEnabled: false,
  detailsSubmitted: true,
  requirementsDue: [],
  disabledReason: null,
}
const shown = (status: PaymentsStatus['account']) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <PublicConfigContext value={config}>
        <SWRConfig value={{ fallback: { '/api/me/payments': { payments: 'live', account: status } } }}>
          <TipGoalPanel offer={{ canBeTipped: false, currencies: [] }} hasFailed={false} goal={null} />
        </SWRConfig>
      </PublicConfigContext>
    </NextIntlClientProvider>,
  )

test.each<[string, PaymentsStatus['account']]>([
  [en.tips.setUpFirst, null],
  [en.tips.accountMissing, { ...account, requirementsDue: ['external_account'] }],
  [en.tips.accountChecking, account],
  [en.tips.accountRejected, { ...account, disabledReason: 'rejected.fraud' }],
])('the DJ’s console says why nobody can tip: %s', (text, status) => {
  expect(shown(status)).toContain(text)
  expect(shown(status)).toContain('href="/studio/tips"')
})
