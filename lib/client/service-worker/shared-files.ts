import { sharedFilesCache, sharePath } from './addresses.ts'

/** Keeps shared files until their person takes or discards them; what nobody took before goes. */
export async function keepSharedFiles(files: readonly File[]): Promise<void> {
  await forgetSharedFiles()
  if (files.length === 0) return
  const cache = await caches.open(sharedFilesCache)
  for (const [index, file] of files.entries()) {
    const headers = { 'content-type': file.type || 'application/octet-stream' }
    // The number keeps files of one name apart.
    const address = `${sharePath}?${new URLSearchParams({ file: String(index), name: file.name })}`
    await cache.put(address, new Response(file, { headers }))
  }
}

/** The files that wait, in the order in which they came; none where the browser keeps no such things. */
export async function readSharedFiles(): Promise<File[]> {
  if (!('caches' in globalThis)) return []
  const cache = await caches.open(sharedFilesCache)
  const files = (await cache.keys()).map(async (request) => {
    const content = await (await cache.match(request))?.blob()
    const name = new URL(request.url).searchParams.get('name') ?? ''
    return content ? new File([content], name, { type: content.type }) : null
  })
  return (await Promise.all(files)).filter((file) => file !== null)
}

export async function forgetSharedFiles(): Promise<void> {
  await caches.delete(sharedFilesCache)
}
