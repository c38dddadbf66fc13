import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { type Room, RoomContext } from '#components/room/room-context.ts'
import { en } from '#lib/i18n/messages/en.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import type { QueueItem } from '#lib/protocol/session-state.ts'
import { NowPlaying } from './now-playing.tsx'

it.each([
  ['marta', 'playing', 'Chosen by Marta'],
  ['ana', 'playing', 'Asked for by Marta'],
  ['marta', 'paused', en.player.pausedBadge],
])('says of a song of %s that is %s: %s', (djId, status, text) => {
  const room = {
    session: { subscribe: () => () => {} },
    readView: () => ({ session: { djId }, playback: { status } }),
  } as unknown as Room
  const track = { id: 'a', title: 'Slow Tide', artist: null, artworkPath: null }
  const item = { id: '1', track, addedBy: 'marta', addedByName: 'Marta' } as unknown as QueueItem
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <PublicConfigContext value={{ supabaseUrl: 'http://supabase' } as PublicConfig}>
        <RoomContext value={room}>
          <NowPlaying item={item} />
        </RoomContext>
      </PublicConfigContext>
    </NextIntlClientProvider>,
  )
  expect(html).toContain(text)
})
