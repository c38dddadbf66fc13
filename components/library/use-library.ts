'use client'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import type { AuthClient } from '#lib/client/auth/auth-client.ts'
import { personHere } from '#lib/client/auth/person-here.ts'
import { seenLibraryOf } from '#lib/client/offline/seen.ts'
import { type Library, type LibraryTrack, librarySchema } from '#lib/protocol/tracks.ts'
import { startersExpected } from './starters-expected.ts'

const lookAgainEveryInMs = 4_000

/** One's own tracks and the starter tracks; looks again while the starter tracks of a new installation are made. */
export function useLibrary() {
  const config = usePublicConfig()
  const { data, error, mutate } = useSWR('/api/tracks', (path) => fetchLibrary(authClientOf(config), path), {
    refreshInterval: (latest) => {
      const starters = latest?.tracks.filter(({ isStarter }) => isStarter).length ?? 0
      return starters < startersExpected ? lookAgainEveryInMs : 0
    },
  })
  const playable = playableOf(data?.tracks ?? [])
  return {
    own: playable.filter(({ isStarter }) => !isStarter),
    starters: playable.filter(({ isStarter }) => isStarter),
    isKnown: data !== undefined,
    error,
    refresh: () => void mutate(),
  }
}

/** Whose it is, is said by the cookies that it is asked for with: another tab may change them meanwhile. */
async function fetchLibrary({ request }: AuthClient, path: string): Promise<Library> {
  const userId = personHere()
  const library = await request(path, librarySchema)
  if (userId) keepForOffline(userId, playableOf(library.tracks))
  return library
}

const playableOf = (rows: readonly LibraryTrack[]) =>
  rows.filter((row): row is PlayableTrack => row.track !== null)

/** As many as a list without a network is good for. */
const keptForOfflineMax = 500

function keepForOffline(userId: string, rows: readonly PlayableTrack[]): void {
  const own = rows.filter(({ isStarter }) => !isStarter).slice(0, keptForOfflineMax)
  seenLibraryOf(userId).keep(
    own.map(({ id, title, artist, track: { durationInMs } }) => ({ id, title, artist, durationInMs })),
  )
}

export type PlayableTrack = LibraryTrack & { track: NonNullable<LibraryTrack['track']> }
