import { reactionEmojis } from '#lib/domain/limits/limits.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { SessionState } from '#lib/protocol/session-state.ts'
import { hasParts } from './merge-state.ts'

type Reactions = NonNullable<Envelope['reactions']>

/** A frame says no more than this of one emoji: nobody's screen shows more. */
const reactionsMax = 999

/** What waits for the next frame. Of the state only the latest waits, of the reactions only how many. */
export class Pending {
  state: SessionState = {}
  reactions: Reactions = {}
  presenceChanged = false
  /** Something that goes out as soon as it can. */
  isUrgent = false
  /** Since when something waits that need not go out by itself, in epoch ms; null where nothing does. */
  waitingSinceInMs: number | null = null

  addState(state: SessionState, nowInMs: number): void {
    if (!hasParts(state)) return
    Object.assign(this.state, state)
    if (state.playback) this.isUrgent = true
    this.waitingSinceInMs ??= nowInMs
  }

  addReactions(reactions: Reactions, nowInMs: number): void {
    for (const emoji of reactionEmojis) {
      const more = reactions[emoji]
      if (more) this.reactions[emoji] = Math.min(reactionsMax, (this.reactions[emoji] ?? 0) + more)
    }
    this.waitingSinceInMs ??= nowInMs
  }

  addPresence(nowInMs: number): void {
    this.presenceChanged = true
    this.waitingSinceInMs ??= nowInMs
  }
}
