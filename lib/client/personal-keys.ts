/** What this browser keeps for one person alone, by what its keys begin with; they end with the person's id. */
const personal = [
  'whatssound:seen-library',
  'whatssound:push-wanted',
  'whatssound:outbox',
  'whatssound:draft',
] as const

export const personalKey = (what: (typeof personal)[number], ...ids: [...string[], userId: string]) =>
  [what, ...ids].join(':')

/** Whoever leaves takes what is theirs along, in whatever way they left: `userId` is who is here now. */
export function forgetOthers(userId: string | null, storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
  for (const key of keys) {
    const isOwn = userId !== null && key.endsWith(`:${userId}`)
    if (!isOwn && personal.some((what) => key.startsWith(what))) storage.removeItem(key)
  }
}
