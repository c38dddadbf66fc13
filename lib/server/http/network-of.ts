/**
 * The network address that a request came from, to count by: the last one that the nearest proxy named. It says nothing
 * of who it is, and where no proxy stands in front, a caller may have made it up.
 */
export function networkOf(headers: { get: (name: string) => string | null }): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown'
}
