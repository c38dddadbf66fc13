import { catchInstallOffer } from '#lib/client/install/install-offer.ts'

/** Runs in the browser before the page comes to life. */
catchInstallOffer()
