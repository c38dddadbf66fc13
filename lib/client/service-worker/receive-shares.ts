/// <reference lib="webworker" />
import { sessionPathIn } from '#lib/domain/share/session-path-in.ts'
import { receiveSharePath, sharePath } from './addresses.ts'
import { keepSharedFiles } from './shared-files.ts'

/**
 * Takes in what the system shares into the app (the manifest's share target). A session's link opens the session; files
 * are kept until their person has looked at them, because any page can post a form here.
 */
export function receiveShares(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener('fetch', (event) => {
    const { method, url } = event.request
    if (method !== 'POST' || new URL(url).pathname !== receiveSharePath) return
    event.respondWith(receive(event.request))
  })
}

async function receive(request: Request): Promise<Response> {
  const { origin } = new URL(request.url)
  const form = await request.formData()
  const files = form.getAll('files').filter((value) => value instanceof File)
  await keepSharedFiles(files)
  const texts = ['url', 'text', 'title'].map((name) => String(form.get(name) ?? ''))
  const path = files.length > 0 ? null : sessionPathIn(texts, origin)
  return Response.redirect(new URL(path ?? sharePath, origin).href, 303)
}
