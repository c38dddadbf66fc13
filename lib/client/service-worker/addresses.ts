/** Where the service worker and the pages meet. */
export const serviceWorkerPath = '/service-worker/sw.js'
/** What is shown when a page cannot be fetched. */
export const offlinePath = '/offline'
/** Where the system posts what is shared into the app (the manifest's share target). */
export const receiveSharePath = '/share/receive'
/** The page that shows what was shared. */
export const sharePath = '/share'
/** The cache in which shared files wait for the person's word. */
export const sharedFilesCache = 'shared-files'
