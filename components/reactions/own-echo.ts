import type { ReactionCounts } from '#lib/client/session/session-client.ts'
import type { ReactionEmoji } from '#lib/domain/limits/limits.ts'

/** How long one's own reaction may take to come back; after that it is somebody else's. */
const echoWithinInMs = 5_000

/**
 * One's own reactions are shown at once and come back a moment later among everybody's: this tells the others' from
 * them, so that nothing is shown twice.
 */
export function createOwnEcho(now: () => number) {
  let sent: { emoji: ReactionEmoji; atInMs: number }[] = []
  return {
    send: (emoji: ReactionEmoji): void => {
      sent = [...sent, { emoji, atInMs: now() }]
    },
    /** The counts without one's own. */
    others: (counts: ReactionCounts): ReactionCounts => {
      sent = sent.filter(({ atInMs }) => now() - atInMs < echoWithinInMs)
      const others: Partial<Record<ReactionEmoji, number>> = { ...counts }
      sent = sent.filter(({ emoji }) => {
        const count = others[emoji] ?? 0
        if (count === 0) return true
        others[emoji] = count - 1
        return false
      })
      return others
    },
  }
}
