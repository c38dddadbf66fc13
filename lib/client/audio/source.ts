import type Hls from 'hls.js'
import type { HlsConfig } from 'hls.js'
import type { Network } from './network.ts'
import {
  bufferGoalInSeconds,
  firstEstimateInBps,
  isWorthLoadingAgain,
  nearestLevel,
  type Quality,
  wantedBitrate,
} from './quality.ts'
import { createRecoveries } from './recoveries.ts'
import { createReloading } from './reloading.ts'

/** Why a track cannot be played here. `network` is not among them: it is retried for as long as it takes. */
export type SourceErrorCode = 'unsupported' | 'not_found' | 'decode'

/** A playlist attached to a media element. */
export type Source = {
  /** Bits per second of the rendition being heard; null where the browser does not say. */
  readonly bitrate: number | null
  setQuality(quality: Quality): void
  /** Whether to load far ahead; else only what a beginning needs. */
  setAhead(isAhead: boolean): void
  /** Loads from `fromInMs` on instead of waiting for the next retry, unless something is coming in. */
  hurry(fromInMs: number): void
  destroy(): void
}

export type SourceOptions = {
  url: string
  /** Where in its media time to begin loading. */
  startInMs: number
  isAhead: boolean
  quality: Quality
  network: Network
  /** Whether it is still wanted once the player itself is loaded. */
  isWanted: () => boolean
  onError: (code: SourceErrorCode) => void
}

const config: Partial<HlsConfig> = {
  // fMP4 passes through without being repackaged, so a worker (and a `worker-src` for it) would buy nothing.
  enableWorker: false,
  lowLatencyMode: false,
  // The engine alone moves the rate and the playhead; hls.js would only ever speed up.
  maxLiveSyncPlaybackRate: 1,
  // The goals below are in seconds; bytes would let a low bitrate load far more than anybody hears.
  maxBufferSize: 0,
  backBufferLength: 60,
  // To test the network, hls.js would load a fragment that it throws away: that is time before the first sound.
  testBandwidth: false,
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

let hlsModule: Promise<typeof Hls> | undefined

/** Loads hls.js once, when the first track needs it; a failed load (offline) may be tried again. */
export function loadHls(): Promise<typeof Hls> {
  hlsModule ??= import('hls.js/light')
    .then((module) => module.default)
    .catch((error: unknown) => {
      hlsModule = undefined
      throw error
    })
  return hlsModule
}

/** Begins to load what plays, so that it is there when the first track comes. */
export function preloadPlayer(): void {
  // A failure is met again, and dealt with, when it is needed.
  loadHls().catch(() => {})
}

/**
 * Attaches an HLS playlist to an element and begins to load. hls.js comes first: Chromium answers "maybe" when asked for
 * native HLS. Older iPhones, without any MediaSource, play it natively and choose the rendition themselves.
 */
export async function openSource(element: HTMLMediaElement, options: SourceOptions): Promise<Source> {
  const HlsPlayer = await loadHls()
  if (!options.isWanted()) return withoutRenditions(() => {})
  if (HlsPlayer.isSupported()) return openWithHls(HlsPlayer, element, options)
  if (element.canPlayType('application/vnd.apple.mpegurl')) {
    return withoutRenditions(playNatively(element, options.url, options.onError))
  }
  options.onError('unsupported')
  return withoutRenditions(() => {})
}

function openWithHls(
  HlsPlayer: typeof Hls,
  element: HTMLMediaElement,
  { url, startInMs, network, onError, ...options }: SourceOptions,
): Source {
  let { quality, isAhead } = options
  const hls = new HlsPlayer({
    ...config,
    abrEwmaDefaultEstimate: firstEstimateInBps(network.hint(), network.measuredInBps),
    startPosition: startInMs / 1_000,
  })
  const mayRecover = createRecoveries()
  const reloading = createReloading(hls, HlsPlayer.Events)

  function applyGoal(): void {
    hls.config.maxBufferLength = bufferGoalInSeconds(isAhead, quality)
    hls.config.maxMaxBufferLength = hls.config.maxBufferLength
  }

  /**
   * Fragments of all renditions begin at the same instants, so that a change between two of them moves nothing. At once:
   * what lies ready and will not be heard for some seconds is loaded again.
   */
  function applyQuality(isAtOnce: boolean): void {
    const wantedInBps = wantedBitrate(quality, network.hint())
    const bitrates = hls.levels.map(({ averageBitrate }) => averageBitrate)
    const level = wantedInBps === null ? -1 : nearestLevel(bitrates, wantedInBps)
    const isOther = level !== hls.loadLevel || (hls.currentLevel >= 0 && level !== hls.currentLevel)
    const isWorthIt = isWorthLoadingAgain(bitrates[level] ?? null, hls.bandwidthEstimate)
    if (isAtOnce && isOther && isWorthIt) hls.nextLevel = level
    else hls.loadLevel = level
  }

  function loadFrom(positionInSeconds: number): void {
    // Without a manifest there is nothing to go on with: begin at the beginning.
    if (hls.levels.length === 0) hls.loadSource(url)
    else hls.startLoad(positionInSeconds)
  }

  hls.on(HlsPlayer.Events.MANIFEST_PARSED, () => applyQuality(false))
  hls.on(HlsPlayer.Events.FRAG_BUFFERED, () => network.learn(hls.bandwidthEstimate))
  hls.on(HlsPlayer.Events.ERROR, (_event, { fatal, type, details, response }) => {
    if (!fatal) return
    if (type === HlsPlayer.ErrorTypes.NETWORK_ERROR) {
      if (response?.code === 404 || response?.code === 403) return onError('not_found')
      reloading.after(networkRetryDelayInMs, () => loadFrom(element.currentTime))
      return
    }
    // A stall is the controller's to mend.
    if (details === HlsPlayer.ErrorDetails.BUFFER_STALLED_ERROR) return
    if (type === HlsPlayer.ErrorTypes.MEDIA_ERROR && mayRecover()) hls.recoverMediaError()
    else onError('decode')
  })
  applyGoal()
  hls.loadSource(url)
  hls.attachMedia(element)

  return {
    get bitrate() {
      return hls.levels[hls.currentLevel]?.averageBitrate ?? null
    },
    setQuality(next) {
      if (next === quality) return
      quality = next
      applyGoal()
      if (hls.levels.length > 0) applyQuality(true)
    },
    setAhead(next) {
      if (next === isAhead) return
      isAhead = next
      applyGoal()
    },
    hurry(fromInMs) {
      reloading.hurry(() => {
        hls.stopLoad()
        loadFrom(fromInMs / 1_000)
      })
    },
    destroy() {
      reloading.destroy()
      hls.destroy()
    },
  }
}

/** Lets the browser play a playlist by itself; returns how to take it away again. */
export function playNatively(
  element: HTMLMediaElement,
  url: string,
  onError: (code: SourceErrorCode) => void,
): () => void {
  const onElementError = () => {
    const isDecode = element.error?.code === MediaError.MEDIA_ERR_DECODE
    onError(isDecode ? 'decode' : 'not_found')
  }
  element.addEventListener('error', onElementError)
  element.src = url
  return () => {
    element.removeEventListener('error', onElementError)
    element.removeAttribute('src')
    element.load()
  }
}

function withoutRenditions(destroy: () => void): Source {
  return { bitrate: null, setQuality: () => {}, setAhead: () => {}, hurry: () => {}, destroy }
}
