import type { Network } from './network.ts'
import type { DeckSettings } from './program.ts'
import { openSource, type Source, type SourceErrorCode } from './source.ts'

export type LoadingDeps = {
  mediaUrl: (path: string) => string
  network: Network
  settings: Readonly<DeckSettings>
  onFailed: (code: SourceErrorCode) => void
  /** The player itself could not be loaded: called when it is time to try again. */
  onRetry: () => void
}

/** Without a network there is time. */
const retryDelayInMs = 3_000

/** What lies loaded in one element, one playlist at a time. */
export function createLoading(element: HTMLMediaElement, deps: LoadingDeps) {
  const { mediaUrl, network, settings } = deps
  let source: Source | null = null
  let path: string | null = null
  /** Counts what was asked to be loaded: an answer to an older question is of no use. */
  let loads = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function unload(): void {
    clearTimeout(timer)
    loads++
    source?.destroy()
    source = null
    path = null
  }

  return {
    unload,

    /** The playlist that is loaded, or being so. */
    get path() {
      return path
    },

    get bitrate() {
      return source?.bitrate ?? null
    },

    /** Loads a playlist from a position of its media time on. */
    load(next: string, { startInMs, isAhead }: { startInMs: number; isAhead: boolean }): void {
      unload()
      path = next
      const load = ++loads
      const isWanted = () => load === loads
      openSource(element, {
        url: mediaUrl(next),
        startInMs,
        isAhead,
        quality: settings.quality,
        network,
        isWanted,
        onError: (code) => {
          if (isWanted()) deps.onFailed(code)
        },
      }).then(
        (opened) => {
          if (!isWanted()) return opened.destroy()
          source = opened
          source.setQuality(settings.quality)
        },
        () => {
          timer = setTimeout(() => isWanted() && deps.onRetry(), retryDelayInMs)
        },
      )
    },

    applySettings(): void {
      source?.setQuality(settings.quality)
    },

    /** Whether to load far ahead; else only what a beginning needs. */
    setAhead(isAhead: boolean): void {
      source?.setAhead(isAhead)
    },

    /** Loads at once from a position on. */
    hurry(fromInMs: number): void {
      source?.hurry(fromInMs)
    },
  }
}
