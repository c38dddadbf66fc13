import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { en } from '#lib/i18n/messages/en.ts'
import type { Limits } from '#lib/protocol/plus.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { PlusOffer } from './plus-offer.tsx'

const standard: Limits = {
  trackMaxInMs: 90 * 60_000,
  originalMaxBytes: 200 * 1024 ** 2,
  sessionsAnHour: 10,
  renditions: ['64k', '128k'],
}
const plus: Limits = {
  trackMaxInMs: 240 * 60_000,
  originalMaxBytes: 1024 ** 3,
  sessionsAnHour: null,
  renditions: ['64k', '128k', '256k'],
}
const config: PublicConfig = {
  supabaseUrl: 'http://localhost:54321',
  supabaseKey: '',
  appUrl: 'http://localhost:3000',
  maxTrackMinutes: 90,
  encodesOriginals: true,
  captchaSiteKey: null,
  vapidPublicKey: null,
  payments: 'off',
  plus: 'live',
}
const rowsShown = (encodesOriginals: boolean): string[][] => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <PublicConfigContext value={{ ...config, encodesOriginals }}>
        <PlusOffer offer={{ standard, plus }} />
      </PublicConfigContext>
    </NextIntlClientProvider>,
  )
  const rows = html.split('<tbody>')[1]?.split('</tr>').slice(0, -1) ?? []
  return rows.map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text ?? ''))
}

test('what everybody has is shown beside what Plus gives', () => {
  expect(rowsShown(true)).toEqual([
    ['Best quality of your new tracks, for all who listen', '128 kbit/s', '256 kbit/s'],
    ['Length of a track or a recorded set', '90\u00a0minutes', '240\u00a0minutes'],
    ['Size of a file that the server encodes for you', '200 MB', '1 GB'],
    ['New sessions', '10 an hour', 'As many as you like'],
  ])
})

test('what this server does not do is not promised', () => {
  expect(rowsShown(false).flat().join()).not.toContain('Size of a file')
})
