import { catchInstallOffer } from '#lib/client/install/install-offer.ts'

/**
 * Runs in the browser before the page comes to life. Zod would try whether it may build code out of texts; the page's
 * policy forbids that, and browsers report each attempt.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
catchInstallOffer()
