import { createSerwistRoute } from '@serwist/turbopack'
import { offlinePath } from '#lib/client/service-worker/addresses.ts'

/** Larger files are what one screen needs now and then: encoders, the player. They are fetched when they are wanted. */
const precachedUpToInBytes = 256_000

/**
 * The service worker, bundled when the app is built. Each build makes another one, so that browsers see that there is
 * something new.
 */
const serwist = createSerwistRoute({
  swSrc: 'lib/client/service-worker/service-worker.ts',
  useNativeEsbuild: true,
  esbuildOptions: { sourcemap: false },
  globPatterns: ['.next/static/**/*.{js,css,woff2}', 'public/icons/*'],
  maximumFileSizeToCacheInBytes: precachedUpToInBytes,
  additionalPrecacheEntries: [{ url: offlinePath, revision: crypto.randomUUID() }],
})

export const { dynamic, dynamicParams, revalidate, generateStaticParams } = serwist

/** A browser has to look each time whether there is a new one; Next would let it be kept for a year. */
export async function GET(...args: Parameters<typeof serwist.GET>): Promise<Response> {
  const response = await serwist.GET(...args)
  response.headers.set('Cache-Control', 'no-cache')
  return response
}
