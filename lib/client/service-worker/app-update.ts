import type { Serwist } from '@serwist/window'
import { createStore, type Readable } from '../audio/store.ts'
import { serviceWorkerPath } from './addresses.ts'

/** Changes this window over to the newer version and loads it anew. */
export type Update = { apply: () => void }

const waiting = createStore<Update | null>(null)

/** The newer version of the app that waits for somebody's word; null while there is none. */
export const waitingUpdate: Readable<Update | null> = waiting

/** An app that stays open for days asks now and then whether there is a newer one, when it is looked at. */
const asksAgainAfterInMs = 60 * 60_000

/** The first seconds of a visit, and what the network can bring in them, belong to the music. */
const startsAfterInMs = 5_000

/** Registers the service worker, where the browser has such a thing; gives what stops watching. */
export function startServiceWorker(): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined
  let stopAsking = (): void => undefined
  const timer = setTimeout(async () => {
    // Without a network there is nothing to register; the next visit does it.
    const serwist = await register().catch(() => null)
    if (serwist) stopAsking = askNowAndThen(serwist)
  }, startsAfterInMs)
  return () => {
    clearTimeout(timer)
    stopAsking()
  }
}

async function register(): Promise<Serwist> {
  const { Serwist } = await import('@serwist/window')
  const serwist = new Serwist(serviceWorkerPath, { scope: '/', updateViaCache: 'none' })
  serwist.addEventListener('waiting', () => waiting.set({ apply: () => apply(serwist) }))
  await serwist.register()
  return serwist
}

/** Another window may have changed over meanwhile; what loads this one anew is its own wish alone. */
function apply(serwist: Serwist): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
  serwist.messageSkipWaiting()
}

function askNowAndThen(serwist: Serwist): () => void {
  let askedAtInMs = Date.now()
  const ask = (): void => {
    if (document.hidden || Date.now() - askedAtInMs < asksAgainAfterInMs) return
    askedAtInMs = Date.now()
    serwist.update().catch(() => undefined)
  }
  document.addEventListener('visibilitychange', ask)
  return () => document.removeEventListener('visibilitychange', ask)
}

/** Tells the service worker which language its person reads. */
export function tellLanguage(locale: string): void {
  navigator.serviceWorker?.controller?.postMessage({ type: 'LANGUAGE', locale })
}
