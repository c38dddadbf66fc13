import type Hls from 'hls.js'
import type { HlsConfig } from 'hls.js'

/** Why a track cannot be played here. `network` is not among them: it is retried for as long as it takes. */
export type SourceErrorCode = 'unsupported' | 'not_found' | 'decode'

/** A playlist attached to a media element. */
export type Source = {
  /** Bits per second of the rendition being loaded; null where the browser does not say. */
  readonly bitrate: number | null
  destroy(): void
}

const config: Partial<HlsConfig> = {
  // fMP4 passes through without being repackaged, so a worker (and a `worker-src` for it) would buy nothing.
  enableWorker: false,
  lowLatencyMode: false,
  // The engine alone moves the rate; hls.js would only ever speed up.
  maxLiveSyncPlaybackRate: 1,
  maxBufferLength: 60,
  maxMaxBufferLength: 120,
  backBufferLength: 60,
  // Begins with the 128k rendition until the network is known.
  abrEwmaDefaultEstimate: 200_000,
  startFragPrefetch: true,
  fragLoadPolicy: {
    default: {
      maxTimeToFirstByteMs: 8_000,
      maxLoadTimeMs: 30_000,
      timeoutRetry: { maxNumRetry: 6, retryDelayMs: 0, maxRetryDelayMs: 0 },
      errorRetry: { maxNumRetry: 12, retryDelayMs: 500, maxRetryDelayMs: 4_000 },
    },
  },
}

const networkRetryDelayInMs = 2_000
const decodeRecoveriesMax = 2

let hlsModule: Promise<typeof Hls> | undefined

/** Loads hls.js once, when the first track needs it; a failed load (offline) may be tried again. */
function loadHls(): Promise<typeof Hls> {
  hlsModule ??= import('hls.js/light')
    .then((module) => module.default)
    .catch((error: unknown) => {
      hlsModule = undefined
      throw error
    })
  return hlsModule
}

/**
 * Attaches the HLS playlist at `url` to an element and begins to load near `startInMs` of its media time. hls.js comes
 * first: Chromium answers "maybe" when asked for native HLS. Older iPhones, without any MediaSource, play it natively.
 */
export async function openSource(
  element: HTMLMediaElement,
  url: string,
  startInMs: number,
  onError: (code: SourceErrorCode) => void,
): Promise<Source> {
  const HlsPlayer = await loadHls()
  if (HlsPlayer.isSupported()) return openWithHls(HlsPlayer, element, url, startInMs, onError)
  if (element.canPlayType('application/vnd.apple.mpegurl')) return openNatively(element, url, onError)
  onError('unsupported')
  return { bitrate: null, destroy: () => {} }
}

function openWithHls(
  HlsPlayer: typeof Hls,
  element: HTMLMediaElement,
  url: string,
  startInMs: number,
  onError: (code: SourceErrorCode) => void,
): Source {
  const hls = new HlsPlayer({ ...config, startPosition: startInMs / 1_000 })
  let recoveries = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  hls.on(HlsPlayer.Events.ERROR, (_event, { fatal, type, details, response }) => {
    if (!fatal) return
    if (type === HlsPlayer.ErrorTypes.NETWORK_ERROR) {
      if (response?.code === 404 || response?.code === 403) return onError('not_found')
      retry = setTimeout(() => {
        // Without a manifest there is nothing to go on with: begin at the beginning.
        if (hls.levels.length === 0) hls.loadSource(url)
        else hls.startLoad(element.currentTime)
      }, networkRetryDelayInMs)
      return
    }
    const isRecoverable = type === HlsPlayer.ErrorTypes.MEDIA_ERROR && recoveries < decodeRecoveriesMax
    if (!isRecoverable) return onError('decode')
    recoveries++
    // A stall is the controller's to mend; anything else needs a new MediaSource.
    if (details !== HlsPlayer.ErrorDetails.BUFFER_STALLED_ERROR) hls.recoverMediaError()
  })
  hls.loadSource(url)
  hls.attachMedia(element)

  return {
    get bitrate() {
      return hls.levels[hls.currentLevel]?.bitrate ?? null
    },
    destroy() {
      clearTimeout(retry)
      hls.destroy()
    },
  }
}

function openNatively(
  element: HTMLMediaElement,
  url: string,
  onError: (code: SourceErrorCode) => void,
): Source {
  const onElementError = () => {
    const isDecode = element.error?.code === MediaError.MEDIA_ERR_DECODE
    onError(isDecode ? 'decode' : 'not_found')
  }
  element.addEventListener('error', onElementError)
  element.src = url
  return {
    bitrate: null,
    destroy() {
      element.removeEventListener('error', onElementError)
      element.removeAttribute('src')
      element.load()
    },
  }
}
