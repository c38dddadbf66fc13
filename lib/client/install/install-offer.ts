import { createStore, type Readable } from '../audio/store.ts'

/** Chromium's offer to install the app. It has to be answered in a gesture, and counts once. */
export type InstallOffer = { accept: () => Promise<void> }

/** Not in TypeScript's library: Chromium's alone (WICG Manifest Incubations). */
type BeforeInstallPromptEvent = Event & { prompt: () => Promise<unknown> }

const offer = createStore<InstallOffer | null>(null)

/** The offer that the browser made; null where it made none, or no more. */
export const installOffer: Readable<InstallOffer | null> = offer

/** Keeps the browser's offer for where it makes sense. It may come before the page has come to life, and only once. */
export function catchInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.set({
      accept: async () => {
        offer.set(null)
        await (event as BeforeInstallPromptEvent).prompt()
      },
    })
  })
  window.addEventListener('appinstalled', () => offer.set(null))
}

/** Whether the page runs as an installed app. */
export function isInstalled(): boolean {
  const isOnHomeScreen = (navigator as Navigator & { standalone?: boolean }).standalone === true
  return isOnHomeScreen || window.matchMedia('(display-mode: standalone)').matches
}

/** Whether this is an iPhone or an iPad, where the app is installed by hand. An iPad says that it is a Mac, with fingers. */
export function isInstalledByHand(): boolean {
  const { userAgent, maxTouchPoints } = navigator
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
}
