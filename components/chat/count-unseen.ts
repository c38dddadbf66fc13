import type { ChatEntry } from './chat-lines.ts'

/**
 * How many lines have come since those of `seenIds`. Not by how many there are: a long chat loses its oldest for each new
 * one. One's own messages do not count; they change their id when the server has them.
 */
export function countUnseen(lines: readonly ChatEntry[], seenIds: ReadonlySet<string>, myId: string): number {
  const isOwn = (line: ChatEntry) => line.is === 'message' && line.message.authorId === myId
  return lines.filter((line) => !seenIds.has(line.id) && !isOwn(line)).length
}
