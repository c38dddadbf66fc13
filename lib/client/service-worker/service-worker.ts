/// <reference lib="webworker" />
import { NetworkOnly, type PrecacheEntry, Serwist, type SerwistGlobalConfig } from 'serwist'
import { offlinePath } from './addresses.ts'
import { keepOfflinePage } from './offline-page.ts'
import { receiveShares } from './receive-shares.ts'
import { showNotifications } from './show-notifications.ts'

declare const self: ServiceWorkerGlobalScope &
  SerwistGlobalConfig & { __SW_MANIFEST: (string | PrecacheEntry)[] }

/**
 * The service worker of the whole app. It keeps the shell (the offline page and the build's own files) and answers for
 * pages alone when there is no network. What is asked under `/api`, streams and playlists above all, passes it by.
 *
 * A new one waits until somebody agrees or every window is closed: a change in the middle would cut the music off.
 */
const serwist = new Serwist({
  precacheEntries: self.__SW_MANIFEST,
  precacheOptions: { cleanupOutdatedCaches: true },
  skipWaiting: false,
  clientsClaim: true,
  navigationPreload: true,
  runtimeCaching: [{ matcher: isPage, handler: new NetworkOnly() }],
  fallbacks: { entries: [{ url: offlinePath, matcher: isPage }] },
})

/** What a person goes to; a file that is handed out under `/api` is none. */
function isPage({ request }: { request: Request }): boolean {
  return request.mode === 'navigate' && !new URL(request.url).pathname.startsWith('/api/')
}

/** A worker's script is told by its own address what to load, and an answer from the cache would change that address. */
self.addEventListener('fetch', (event) => {
  if (event.request.destination.endsWith('worker')) event.stopImmediatePropagation()
})
receiveShares(self)
keepOfflinePage(self, serwist)
showNotifications(self)
serwist.addEventListeners()
