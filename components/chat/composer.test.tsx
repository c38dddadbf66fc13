import { NextIntlClientProvider } from 'next-intl'
import { createRef } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Room, RoomContext } from '#components/room/room-context.ts'
import { en } from '#lib/i18n/messages/en.ts'
import { es } from '#lib/i18n/messages/es.ts'
import { Composer } from './composer.tsx'

const atNoon = Date.UTC(2026, 10, 28, 12)
const hourInMs = 3_600_000

beforeEach(() => void vi.useFakeTimers({ now: atNoon }))
afterEach(() => void vi.useRealTimers())

/** The composer of somebody who is muted, with the server's clock at `serverNow`. */
function shown(mutedUntil: number | null, serverNow: number | null, locale: 'en' | 'es' = 'en'): string {
  const room = {
    session: { subscribe: () => () => {} },
    clock: { serverNowInMs: () => serverNow },
    readView: () => ({ session: { id: 'den' }, me: { userId: 'eve', mutedUntil } }),
  } as unknown as Room
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={{ en, es }[locale] as typeof en} timeZone="UTC">
      <RoomContext value={room}>
        <Composer inputRef={createRef<HTMLTextAreaElement>()} />
      </RoomContext>
    </NextIntlClientProvider>,
  )
}

test('whoever is muted reads until when, with the date where that is not today', () => {
  expect(shown(atNoon + 9.5 * hourInMs, atNoon, 'es')).toContain('No puedes escribir hasta las 21:30.')
  expect(shown(atNoon + 14 * hourInMs, atNoon, 'es')).toContain(
    'No puedes escribir hasta el 29 nov 2026, 2:00.',
  )
  expect(shown(atNoon + 14 * hourInMs, atNoon)).toMatch(/You cannot write until Nov 29, 2026, 2:00\sAM\./)
})

test('the field is back when the mute has ended by the server’s clock', () => {
  expect(shown(atNoon, atNoon - 1)).not.toContain('textarea')
  expect(shown(atNoon, atNoon)).toContain('textarea')
  // A browser whose own clock is an hour behind has it back in time, too.
  expect(shown(atNoon + hourInMs, atNoon + hourInMs)).toContain('textarea')
})

test('before the server’s time is known, the browser’s counts', () => {
  expect(shown(atNoon + 1, null)).not.toContain('textarea')
  expect(shown(atNoon - 1, null)).toContain('textarea')
})
