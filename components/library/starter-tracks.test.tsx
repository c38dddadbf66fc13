import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { publicConfigFor } from '#lib/env/public-config.ts'
import { parseServerEnv } from '#lib/env/server.ts'
import { en } from '#lib/i18n/messages/en.ts'
import { starterTracks } from '#lib/server/starter-tracks/starter-tracks.ts'
import { StarterTracks } from './starter-tracks.tsx'
import { startersExpected } from './starters-expected.ts'
import type { PlayableTrack } from './use-library.ts'

const env = parseServerEnv({
  SUPABASE_URL: 'http://localhost:54321',
  SUPABASE_PUBLISHABLE_KEY: 'key',
  SUPABASE_SECRET_KEY: 'secret',
})
const rows = starterTracks.map(({ id, title, artist }): PlayableTrack => {
  const music = { id, title, artist, waveform: [0, 255], playlistPath: `${id}/index.m3u8`, artworkPath: null }
  return {
    ...{ id, title, artist, status: 'published', refusalCode: null, rest: null, isStarter: true },
    ...{ bpm: null, bpmIsEstimate: true, musicalKey: null, keyIsEstimate: true, createdAt: 0 },
    track: { ...music, durationInMs: 60_000, preRollInMs: 0 },
  }
})
const shown = (count: number) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <PublicConfigContext value={publicConfigFor(env, 'http://localhost:3000', false)}>
        <StarterTracks rows={rows.slice(0, count)} />
      </PublicConfigContext>
    </NextIntlClientProvider>,
  )

test('as many are expected as there are', () => {
  expect(startersExpected).toBe(starterTracks.length)
})

test('how many there are is said once, and that some are on their way as long as they are', () => {
  expect(shown(2)).toContain('2 tracks')
  expect(shown(2)).toContain(en.library.startersComing)
  expect(shown(2)).not.toMatch(/three/i)
  expect(shown(3)).toContain('3 tracks')
  expect(shown(3)).not.toContain(en.library.startersComing)
  expect(shown(0)).toContain(en.library.startersEmpty)
})
