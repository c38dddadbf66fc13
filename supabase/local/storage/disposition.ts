/**
 * The Content-Disposition for a `download` query parameter: absent, empty (save under the last part of the
 * key) or a file name. Names beyond ASCII are encoded as RFC 6266 has it.
 */
export function contentDisposition(download: string | undefined, key: string): string | null {
  if (download === undefined) return null
  const name = download === '' ? (key.split('/').at(-1) ?? key) : download
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
