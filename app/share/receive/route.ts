import { sharePath } from '#lib/client/service-worker/addresses.ts'

/**
 * Where the system posts what is shared into the app. The service worker takes it there, without a word to the server;
 * only where it is not at work yet does the post come here, and is asked for once more.
 */
export function POST(): Response {
  return new Response(null, { status: 303, headers: { location: sharePath } })
}
