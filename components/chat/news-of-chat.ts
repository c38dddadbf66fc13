import type { ViewMessage } from '#lib/client/session/view-state.ts'

export type ChatNews = { fresh: ViewMessage[]; removedCount: number }

/**
 * What others did between two looks at the chat. One's own messages change their id when the server has them, and the
 * oldest scroll out of a long chat: neither is a removal.
 */
export function newsOfChat(
  before: readonly ViewMessage[],
  after: readonly ViewMessage[],
  myId: string,
): ChatNews {
  const knownIds = new Set(before.map(({ id }) => id))
  const ids = new Set(after.map(({ id }) => id))
  const oldestAt = after[0]?.at ?? 0
  const byOthers = (message: ViewMessage) => message.authorId !== myId
  return {
    fresh: after.filter((message) => byOthers(message) && !knownIds.has(message.id)),
    removedCount: before.filter(
      (message) => byOthers(message) && message.at >= oldestAt && !ids.has(message.id),
    ).length,
  }
}
