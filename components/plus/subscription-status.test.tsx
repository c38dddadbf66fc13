import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { en } from '#lib/i18n/messages/en.ts'
import type { Subscription } from '#lib/protocol/plus.ts'
import { SubscriptionStatus } from './subscription-status.tsx'

const future = Date.parse('2126-12-24T10:00:00Z')
const past = Date.parse('2026-01-06T10:00:00Z')
const active: Subscription = {
  isActive: true,
  endsAt: future,
  isCancelled: false,
  isRefunded: false,
  hasBillingIssue: false,
  resumesAt: null,
  isSandbox: false,
  managementUrl: 'https://pay.rev.cat/manage',
}
const ended = { isActive: false, endsAt: past, managementUrl: null }
const shown = (changes: Partial<Subscription> | null) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <SubscriptionStatus subscription={changes && { ...active, ...changes }} />
    </NextIntlClientProvider>,
  )

test.each<[string, Partial<Subscription> | null]>([
  ['You do not have Plus.', null],
  ['You have Plus. It renews on December 24, 2126.', {}],
  ['You have Plus, without an end.', { endsAt: null }],
  ['You have Plus until December 24, 2126. It will not renew.', { isCancelled: true }],
  ['You have Plus until December 24, 2126. Then it is paused, until January 6, 2026.', { resumesAt: past }],
  ['Your payment did not go through. You keep Plus until December 24, 2126', { hasBillingIssue: true }],
  ['Your Plus ended on January 6, 2026.', ended],
  ['You got your money back', { ...ended, isRefunded: true }],
  ['It does not count here.', { isActive: false, isSandbox: true }],
])('it is said: %s', (text, changes) => {
  expect(shown(changes)).toContain(text)
})

test('the way to the store is shown where there is one', () => {
  expect(shown({})).toContain('href="https://pay.rev.cat/manage"')
  expect(shown(ended)).not.toContain('href')
})
