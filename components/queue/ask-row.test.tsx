import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { type Room, RoomContext } from '#components/room/room-context.ts'
import type { Role } from '#lib/domain/permissions/permissions.ts'
import { en } from '#lib/i18n/messages/en.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { AskRow } from './ask-row.tsx'

const track = {
  id: '6a1f7f0e-7c0f-4a53-9a55-8f6a4e6f0c11',
  title: 'Slow Tide',
  artist: null,
  durationInMs: 60_000,
  artworkPath: null,
  isStarter: true,
}

test.each<[who: Role, requestsOpen: boolean, canAdd: boolean]>([
  ['listener', true, true],
  ['listener', false, false],
  ['moderator', false, false],
  ['co_dj', false, true],
])('for a %s, with requests open: %s, a song can be added: %s', (role, requestsOpen, canAdd) => {
  const view = { me: { role }, queue: [], session: { requestsOpen } }
  const room = { session: { subscribe: () => () => {} }, readView: () => view }
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <PublicConfigContext value={{} as PublicConfig}>
        <RoomContext value={room as unknown as Room}>
          <AskRow track={track} />
        </RoomContext>
      </PublicConfigContext>
    </NextIntlClientProvider>,
  )
  expect(html).toContain('Add Slow Tide to the queue')
  expect(html.includes('aria-disabled="true"')).toBe(!canAdd)
})
