/** What a stored object can be compared by. `etag` carries its quotes. */
export type Validators = { etag: string; lastModified: Date }

/** Whether the client's copy is still good, so that 304 is the answer (RFC 9110, 13.1.2 and 13.1.3). */
export function isNotModified(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifNoneMatch = headers.get('if-none-match')
  if (ifNoneMatch !== null) {
    const known = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    return known.includes('*') || known.includes(etag)
  }
  const ifModifiedSince = Date.parse(headers.get('if-modified-since') ?? '')
  // HTTP dates have whole seconds.
  return !Number.isNaN(ifModifiedSince) && Math.floor(lastModified.getTime() / 1000) * 1000 <= ifModifiedSince
}

/** Whether a Range header counts: If-Range must name the version that is stored now (RFC 9110, 13.1.5). */
export function rangeApplies(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifRange = headers.get('if-range')
  if (ifRange === null) return true
  if (ifRange.startsWith('"')) return ifRange === etag
  return Date.parse(ifRange) === Math.floor(lastModified.getTime() / 1000) * 1000
}
