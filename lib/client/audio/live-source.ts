import type Hls from 'hls.js'
import type { HlsConfig, LevelDetails } from 'hls.js'
import { liveDistanceInMs } from '#lib/domain/live/live.ts'
import { createRecoveries } from './recoveries.ts'
import { createReloading } from './reloading.ts'
import { loadHls, playNatively, type SourceErrorCode } from './source.ts'

/** A live playlist attached to a media element. */
export type LiveSource = {
  /**
   * The media time at which lies what was captured at an instant of server time, by the playlist's program date-times;
   * null while unknown. Everybody who asks gets the same sound.
   */
  positionAtInMs: (capturedAtInMs: number) => number | null
  /** Loads instead of waiting for the next retry, unless something is coming in. */
  hurry: () => void
  destroy: () => void
}

const retry = { maxNumRetry: 8, retryDelayMs: 250, maxRetryDelayMs: 2_000 }

const config: Partial<HlsConfig> = {
  enableWorker: false,
  lowLatencyMode: false,
  // The deck alone moves the rate and the playhead.
  maxLiveSyncPlaybackRate: 1,
  liveSyncDuration: liveDistanceInMs / 1_000,
  liveDurationInfinity: true,
  maxBufferLength: 10,
  backBufferLength: 10,
  fragLoadPolicy: {
    default: {
      maxTimeToFirstByteMs: 4_000,
      maxLoadTimeMs: 8_000,
      timeoutRetry: retry,
      errorRetry: retry,
    },
  },
}

const networkRetryDelayInMs = 500

export type LiveSourceOptions = {
  url: string
  /** Whether it is still wanted once the player itself is loaded. */
  isWanted: () => boolean
  onError: (code: SourceErrorCode) => void
}

const nothing: LiveSource = { positionAtInMs: () => null, hurry: () => {}, destroy: () => {} }

/** Attaches a live playlist. hls.js comes first, as in `openSource`. */
export async function openLiveSource(
  element: HTMLMediaElement,
  { url, isWanted, onError }: LiveSourceOptions,
): Promise<LiveSource> {
  const HlsPlayer = await loadHls()
  if (!isWanted()) return nothing
  if (HlsPlayer.isSupported()) return openWithHls(HlsPlayer, element, url, onError)
  if (element.canPlayType('application/vnd.apple.mpegurl')) return openNatively(element, url, onError)
  onError('unsupported')
  return nothing
}

function openWithHls(
  HlsPlayer: typeof Hls,
  element: HTMLMediaElement,
  url: string,
  onError: (code: SourceErrorCode) => void,
): LiveSource {
  const hls = new HlsPlayer(config)
  const mayRecover = createRecoveries()
  let details: LevelDetails | null = null
  const reloading = createReloading(hls, HlsPlayer.Events)

  function load(): void {
    if (hls.levels.length === 0) hls.loadSource(url)
    else hls.startLoad()
  }

  hls.on(HlsPlayer.Events.LEVEL_UPDATED, (_event, updated) => {
    details = updated.details
  })
  hls.on(HlsPlayer.Events.ERROR, (_event, { fatal, type, response }) => {
    if (!fatal) return
    if (type === HlsPlayer.ErrorTypes.NETWORK_ERROR) {
      // Long ended, and swept away.
      if (response?.code === 404) return onError('not_found')
      reloading.after(networkRetryDelayInMs, load)
      return
    }
    if (type === HlsPlayer.ErrorTypes.MEDIA_ERROR && mayRecover()) hls.recoverMediaError()
    else onError('decode')
  })
  hls.loadSource(url)
  hls.attachMedia(element)

  return {
    positionAtInMs: (capturedAtInMs) => details && positionIn(details, capturedAtInMs),
    hurry: () => reloading.hurry(load),
    destroy() {
      reloading.destroy()
      hls.destroy()
    },
  }
}

/** By the segment in which it was captured; before the first and behind the last, by the nearest. */
export function positionIn(
  { fragments }: { fragments: readonly { start: number; programDateTime: number | null }[] },
  capturedAtInMs: number,
): number | null {
  const dated = fragments.flatMap(({ start, programDateTime }) =>
    programDateTime === null ? [] : [{ start, programDateTime }],
  )
  const nearest = dated.findLast(({ programDateTime }) => programDateTime <= capturedAtInMs) ?? dated[0]
  return nearest ? nearest.start * 1_000 + capturedAtInMs - nearest.programDateTime : null
}

/** Safari says when media time 0 was (`getStartDate`; WHATWG HTML 4.8.11.6). */
function openNatively(
  element: HTMLMediaElement,
  url: string,
  onError: (code: SourceErrorCode) => void,
): LiveSource {
  const dated = element as HTMLMediaElement & { getStartDate?: () => Date }
  const destroy = playNatively(element, url, onError)
  return {
    positionAtInMs(capturedAtInMs) {
      const zeroInMs = dated.getStartDate?.().getTime() ?? Number.NaN
      return Number.isNaN(zeroInMs) ? null : capturedAtInMs - zeroInMs
    },
    hurry: () => {},
    destroy,
  }
}
