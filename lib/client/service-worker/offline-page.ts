/// <reference lib="webworker" />
import type { Serwist } from 'serwist'
import { z } from 'zod/mini'
import { offlinePath } from './addresses.ts'

const languageMessageSchema = z.object({ type: z.literal('LANGUAGE'), locale: z.string() })

/**
 * Keeps the offline page in the language that its person reads. It was fetched when the worker was installed; a page that
 * is shown in another language says so.
 */
export function keepOfflinePage(scope: ServiceWorkerGlobalScope, serwist: Serwist): void {
  scope.addEventListener('message', (event) => {
    const message = languageMessageSchema.safeParse(event.data)
    if (message.success) event.waitUntil(fetchAnew(serwist, message.data.locale))
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
