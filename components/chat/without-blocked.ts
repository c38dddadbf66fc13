/**
 * Messages without those of the people whom one blocks. SQL leaves them out of what is read; what comes over the room's
 * channel comes to everybody alike, and is left out here.
 */
export function withoutBlocked<M extends { authorId: string }>(
  messages: readonly M[],
  blocked: ReadonlySet<string>,
): readonly M[] {
  return blocked.size === 0 ? messages : messages.filter(({ authorId }) => !blocked.has(authorId))
}
