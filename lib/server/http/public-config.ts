import 'server-only'
import { headers } from 'next/headers'
import { publicConfigFor } from '#lib/env/public-config.ts'
import { serverEnv } from '#lib/env/server.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { encodesOriginals } from '../media/originals/require-ffmpeg.ts'
import { appOrigin } from './app-origin.ts'

/** What the root layout hands to the browser, as this request's browser needs it. */
export async function loadPublicConfig(): Promise<PublicConfig> {
  // First the request: while the app is built there is none, and no environment either.
  const origin = appOrigin(await headers())
  return publicConfigFor(serverEnv(), origin, encodesOriginals())
}
