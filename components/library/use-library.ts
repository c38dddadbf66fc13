'use client'
import { useEffect } from 'react'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { seenLibrary } from '#lib/client/offline/seen.ts'
import { type LibraryTrack, librarySchema } from '#lib/protocol/tracks.ts'

const startersExpected = 3
const lookAgainEveryInMs = 4_000

/** One's own tracks and the starter tracks; looks again while the starter tracks of a new installation are made. */
export function useLibrary() {
  const config = usePublicConfig()
  const { data, error, mutate } = useSWR(
    '/api/tracks',
    (path) => authClientOf(config).request(path, librarySchema),
    {
      refreshInterval: (latest) => {
        const starters = latest?.tracks.filter(({ isStarter }) => isStarter).length ?? 0
        return starters < startersExpected ? lookAgainEveryInMs : 0
      },
    },
  )
  useEffect(() => {
    if (data) keepForOffline(playableOf(data.tracks))
  }, [data])
  const playable = playableOf(data?.tracks ?? [])
  return {
    own: playable.filter(({ isStarter }) => !isStarter),
    starters: playable.filter(({ isStarter }) => isStarter),
    isLoading: !data && !error,
    error,
    refresh: () => void mutate(),
  }
}

const playableOf = (rows: readonly LibraryTrack[]) =>
  rows.filter((row): row is PlayableTrack => row.track !== null)

/** As many as a list without a network is good for. */
const keptForOfflineMax = 500

function keepForOffline(rows: readonly PlayableTrack[]): void {
  const own = rows.filter(({ isStarter }) => !isStarter).slice(0, keptForOfflineMax)
  seenLibrary.keep(
    own.map(({ id, title, artist, track: { durationInMs } }) => ({ id, title, artist, durationInMs })),
  )
}

export type PlayableTrack = LibraryTrack & { track: NonNullable<LibraryTrack['track']> }
