/** Something of somebody's; of nobody's, where they are not named. */
type Said = { authorId: string } | { giverId: string | null } | { userId: string }

/**
 * Messages and tips without those of the people whom one blocks. SQL leaves them out of what is read; what comes over the
 * room's channel comes to everybody alike, and is left out here.
 */
export function withoutBlocked<S extends Said>(
  said: readonly S[],
  blocked: ReadonlySet<string>,
): readonly S[] {
  return blocked.size === 0 ? said : said.filter((one) => !blocked.has(personOf(one) ?? ''))
}

function personOf(said: Said): string | null {
  if ('authorId' in said) return said.authorId
  return 'giverId' in said ? said.giverId : said.userId
}
