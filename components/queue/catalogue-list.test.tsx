import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { type Room, RoomContext } from '#components/room/room-context.ts'
import { limits } from '#lib/domain/limits/limits.ts'
import { en } from '#lib/i18n/messages/en.ts'
import type { Catalogue } from '#lib/protocol/catalogue.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { CatalogueList } from './catalogue-list.tsx'

const view = { me: { role: 'listener' }, queue: [], session: { requestsOpen: true } }
const room = { session: { subscribe: () => () => {} }, readView: () => view } as unknown as Room

const songs = (count: number): Catalogue => ({
  tracks: Array.from({ length: count }, (_, index) => ({
    id: `song ${index}`,
    title: `Song ${index}`,
    artist: null,
    durationInMs: 60_000,
    artworkPath: null,
    isStarter: false,
  })),
})
const shown = (catalogue: Catalogue | undefined, { hasFailed = false, query = '' } = {}) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <PublicConfigContext value={{} as PublicConfig}>
        <RoomContext value={room}>
          <CatalogueList catalogue={catalogue} hasFailed={hasFailed} query={query} />
        </RoomContext>
      </PublicConfigContext>
    </NextIntlClientProvider>,
  )

it('says that there may be more than it lists, and how to find them', () => {
  const search = 'The first 200 songs. Search for what is not among them.'
  expect(shown(songs(limits.catalogueMaxLength))).toContain(search)
  expect(shown(songs(limits.catalogueMaxLength - 1))).not.toContain(search)
})

it('keeps what it lists where looking again fails', () => {
  expect(shown(songs(1), { hasFailed: true })).toContain('Song 0')
  expect(shown(songs(1), { hasFailed: true })).not.toContain(en.queue.catalogueFailed)
  expect(shown(undefined, { hasFailed: true })).toContain(en.queue.catalogueFailed)
})

it('says whether nothing was found, or nothing is known yet', () => {
  expect(shown(songs(0), { query: 'polka' })).toContain('Nothing called “polka” in this session.')
  expect(shown(songs(0))).toContain(en.queue.catalogueEmpty)
  expect(shown(undefined)).toContain(en.common.loading)
})
