import type { LibraryTrack } from '#lib/protocol/tracks.ts'
import { type RetryDeps, withRetries } from './retry.ts'
import type { TracksApi } from './tracks-api.ts'

type Deps = RetryDeps & {
  api: Pick<TracksApi, 'find'>
  watchTrack: (trackId: string, onChange: () => void) => () => void
}

/** How long to trust that a change is announced before asking. */
const longestSilenceInMs = 10_000

/** Resolves to the track once the server has come to its verdict, whether a change is announced or not. */
export async function untilSettled(
  deps: Deps,
  id: string,
  signal: AbortSignal,
  isSettled: (track: LibraryTrack) => boolean,
): Promise<LibraryTrack> {
  let wake = () => {}
  const unwatch = deps.watchTrack(id, () => wake())
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve
      })
      const track = await withRetries(deps, signal, () => deps.api.find(id, signal))
      if (isSettled(track)) return track
      await Promise.race([changed, deps.sleep(longestSilenceInMs, signal)])
    }
  } finally {
    unwatch()
  }
}
