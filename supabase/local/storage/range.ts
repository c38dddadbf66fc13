/** A part of a file: both ends are counted, as in HTTP. */
export type ByteRange = { start: number; end: number }

/**
 * Reads a Range header (RFC 9110, 14.2) for a file of `size` bytes. Null means the whole file: no header,
 * another unit, several ranges or bad syntax. 'unsatisfiable' calls for 416.
 */
export function parseRange(
  header: string | null | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return null
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return null
  if (from === '') {
    const lengthInBytes = Number(to)
    if (lengthInBytes === 0 || size === 0) return 'unsatisfiable'
    return { start: Math.max(0, size - lengthInBytes), end: size - 1 }
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return null
  if (start >= size) return 'unsatisfiable'
  return { start, end }
}
