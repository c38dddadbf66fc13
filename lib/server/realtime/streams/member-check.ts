/** Who of some people may hear a session. */
export type MembersAmong = (sessionId: string, userIds: readonly string[]) => Promise<ReadonlySet<string>>

type Batch = { userIds: Set<string>; members: Promise<ReadonlySet<string>>; ask: () => void }

const batchMax = 500

/**
 * Asks once for all who come to a session within a moment: ten thousand that come back after an outage are some dozen
 * questions. Nothing is remembered, so that whoever was banned a moment ago is not let in.
 */
export function createMemberCheck(
  membersAmong: MembersAmong,
  windowInMs = 10,
): (sessionId: string, userId: string) => Promise<boolean> {
  const batches = new Map<string, Batch>()

  const openBatch = (sessionId: string): Batch => {
    const userIds = new Set<string>()
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, windowInMs)
    const members = promise.then(() => {
      clearTimeout(timer)
      batches.delete(sessionId)
      return membersAmong(sessionId, [...userIds])
    })
    const batch = { userIds, members, ask: resolve }
    batches.set(sessionId, batch)
    return batch
  }

  return async (sessionId, userId) => {
    const batch = batches.get(sessionId) ?? openBatch(sessionId)
    batch.userIds.add(userId)
    if (batch.userIds.size >= batchMax) batch.ask()
    return (await batch.members).has(userId)
  }
}
