/// <reference lib="webworker" />
import type { Serwist } from 'serwist'
import { offlinePath } from './addresses.ts'

/**
 * Keeps the offline page in the language that its person reads. It was fetched when the worker was installed; a page that
 * is shown in another language says so (`tellLanguage`).
 */
export function keepOfflinePage(scope: ServiceWorkerGlobalScope, serwist: Serwist): void {
  scope.addEventListener('message', (event) => {
    if (event.data?.type === 'LANGUAGE') event.waitUntil(fetchAnew(serwist, String(event.data.locale)))
  })
}

async function fetchAnew(serwist: Serwist, locale: string): Promise<void> {
  const key = serwist.getPrecacheKeyForUrl(offlinePath)
  if (!key) return
  const cache = await caches.open(serwist.precacheStrategy.cacheName)
  const kept = await cache.match(key)
  if (kept && (await kept.text()).includes(`<html lang="${locale}"`)) return
  const page = await fetch(offlinePath, { cache: 'reload' })
  if (page.ok) await cache.put(key, page)
}
